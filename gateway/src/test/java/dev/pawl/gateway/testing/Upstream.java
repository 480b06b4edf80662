package dev.pawl.gateway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP server on loopback; one virtual thread a connection. */
public final class Upstream implements AutoCloseable {
    private final ServerSocket listener;
    private final Talk talk;
    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    /** What the server does with a connection. */
    public interface Talk {
        void with(Socket socket) throws IOException;
    }

    public Upstream(Talk talk) throws IOException {
        this("127.0.0.1", talk);
    }

    public Upstream(String address, Talk talk) throws IOException {
        this.talk = talk;
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 512);
        Thread.ofVirtual().start(this::serve);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections taken so far. */
    public int connections() {
        return taken.size();
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = listener.accept();
                taken.add(socket);
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        talk.with(socket);
                    } catch (IOException e) {
                        // The other side went away, which is what many tests are about.
                    }
                });
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : taken) {
            socket.close();
        }
    }
}
