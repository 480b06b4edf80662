package dev.pawl.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A web server on loopback that speaks TLS: files of a directory, and its name for every other path
 * but those that end in {@code /broken}. Thread-safe. */
final class SecureWeb implements AutoCloseable {
    /** What it says for a path that is no file. */
    static final String WORLD = "the world\n";

    private final HttpsServer server;
    private final Path files;
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> whole = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> heads = new ConcurrentLinkedQueue<>();

    SecureWeb(SSLContext tls, Path files) throws IOException {
        this.files = files;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 128);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Method and path of all that came so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Method and path of those whose body came to its end. */
    List<String> whole() {
        return List.copyOf(whole);
    }

    /** Target and one field of all that came so far. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            values.forEach(value -> heads.add(exchange.getRequestURI() + " " + name + ": " + value)));
            if (path.endsWith("/broken")) {
                return;
            }
            exchange.getRequestBody().readAllBytes();
            whole.add(exchange.getRequestMethod() + " " + path);
            Path file = files.resolve(path.substring(1)).normalize();
            boolean isFile = file.startsWith(files) && Files.isRegularFile(file);
            // A repository that is asked for what it lacks has to say so.
            int status = isFile || !path.contains(".git/") ? 200 : 404;
            byte[] body = isFile ? Files.readAllBytes(file) : WORLD.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
