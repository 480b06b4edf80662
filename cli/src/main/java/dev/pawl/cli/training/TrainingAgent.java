package dev.pawl.cli.training;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;

/** Asks the host named by its word over TLS, on several connections, until there were enough requests or enough time. */
public final class TrainingAgent {
    private static final int CONNECTIONS = 16;
    private static final int PORT = 443;

    /** As many as it takes until a JVM has compiled all that handles one, with what it learnt of the ones before. */
    private static final int REQUESTS = 15_000;

    private static final long NANOS = 10_000_000_000L;

    private TrainingAgent() {}

    public static void main(String[] words) throws InterruptedException {
        long end = System.nanoTime() + NANOS;
        AtomicInteger left = new AtomicInteger(REQUESTS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.add(Thread.ofPlatform().start(() -> ask(words[0], left, end)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void ask(String host, AtomicInteger left, long end) {
        byte[] request = ("GET /train HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: training\r\nAccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = SSLSocketFactory.getDefault().createSocket(host, PORT)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (left.getAndDecrement() > 0 && System.nanoTime() < end) {
                out.write(request);
                if (!head(in)) {
                    return;
                }
                in.skipNBytes(1000);
            }
        } catch (IOException e) {
            // What it was refused is not trained.
        }
    }

    /** Reads a head to its empty line; false where the stream ends before. */
    static boolean head(InputStream in) throws IOException {
        int ends = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            ends = c == '\n' ? ends + 1 : c == '\r' ? ends : 0;
            if (ends == 2) {
                return true;
            }
        }
        return false;
    }
}
