package dev.pawl.drill.rome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/** One TCP listener: a thread accepts, a thread a connection, at most {@value #MAX_OPEN} open at once. */
final class TcpListener implements AutoCloseable {
    static final int MAX_OPEN = 256;
    private static final int TIMEOUT_MILLIS = 5_000;

    /** Serves one connection; what it throws ends the connection. */
    interface Handler {
        void serve(InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Semaphore open = new Semaphore(MAX_OPEN);

    TcpListener(ExecutorService threads, String address, int port, Handler handler) throws IOException {
        this.server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 128);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + address + ":" + port + ": " + e.getMessage(), e);
        }
        threads.execute(() -> accept(threads, handler));
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept(ExecutorService threads, Handler handler) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (open.tryAcquire()) {
                    threads.execute(() -> serve(socket, handler));
                } else {
                    socket.close();
                }
            } catch (IOException e) {
                // Closed, which ends the loop, or a connection gone before it was accepted.
            }
        }
    }

    private void serve(Socket socket, Handler handler) {
        try (socket) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            handler.serve(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            // The other side went away or stayed silent; what it did is already on the log.
        } finally {
            open.release();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
