package dev.pawl.cli.training;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * Answers each request of HTTP/1.1 over TLS with the same bytes, on loopback. The directory named by its word holds its key
 * ({@code key.p12}); there it writes its {@code port}. Whoever started it ends it; left alone, it ends when nobody has connected
 * for a minute.
 */
public final class TrainingServer {
    /** Protects a key that certifies a name under .invalid, for two days, to a run that is over in seconds. */
    static final char[] PASSWORD = "training".toCharArray();

    private static final int PATIENCE_MILLIS = 60_000;

    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nServer: training\r\nContent-Type: application/octet-stream\r\n"
                            + "Content-Length: 1000\r\nETag: \"67b6f51d-3e8\"\r\nAccept-Ranges: bytes\r\n\r\n"
                            + "x".repeat(1000))
                    .getBytes(StandardCharsets.US_ASCII);

    private TrainingServer() {}

    public static void main(String[] words) throws IOException, GeneralSecurityException {
        Path directory = Path.of(words[0]);
        KeyStore store = KeyStore.getInstance(directory.resolve("key.p12").toFile(), PASSWORD);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        try (SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            Path written = Files.writeString(directory.resolve("port.new"), Integer.toString(listener.getLocalPort()));
            Files.move(written, directory.resolve("port"), StandardCopyOption.ATOMIC_MOVE);
            listener.setSoTimeout(PATIENCE_MILLIS);
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (TrainingAgent.head(in)) {
                out.write(ANSWER);
            }
        } catch (IOException e) {
            // The agent is done, or what was to be trained failed; the launcher does without a cache then.
        }
    }
}
