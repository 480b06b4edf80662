package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** A server on loopback that a charter's route leads to: sends back what it gets. Thread-safe. */
final class Upstream implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final ServerSocket server;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    private Upstream(ServerSocket server) {
        this.server = server;
    }

    static Upstream echo() throws IOException {
        Upstream upstream = new Upstream(new ServerSocket(0, 128, InetAddress.ofLiteral("127.0.0.1")));
        Thread.ofVirtual().start(upstream::accept);
        return upstream;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Connections taken so far. */
    long connections() {
        return connections.get();
    }

    /** Bytes that came in so far. */
    long received() {
        return received.get();
    }

    /** Charter lines that lead a host here. */
    String grant(String host, int port) {
        return """
                network:
                  allow: [{host: %s, port: %d, protocol: tcp}]
                  route: [{host: %s, to: '127.0.0.1:%d'}]
                """.formatted(host, port, host, port());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Until the server is closed. */
    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> echo(socket));
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private void echo(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] block = new byte[1 << 16];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                received.addAndGet(count);
                out.write(block, 0, count);
            }
        } catch (IOException e) {
            // Reset by the other side, which some tests do on purpose.
            return;
        }
    }
}
