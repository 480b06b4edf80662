package dev.pawl.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A small web server on a loopback address; answers everything with its name. Thread-safe. */
final class Web implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    Web(String address, int port, String name) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        byte[] body = (name + "\n").getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    int requests() {
        return requests.get();
    }

    /** Charter lines by which a connection to this host and port 80 leads here after a yes. */
    String asks(String host) {
        return """
                network:
                  allow: [{host: %s, port: 80, ask: "it reaches customers"}]
                  route: [{host: %s, to: '127.0.0.1:%d'}]
                """.formatted(host, host, port());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
