package dev.pawl.ledger.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A witness that is asked by HTTP. There is no TLS: it speaks of public things, and what it signs proves itself; put it
 * behind a proxy to be reached from afar. Thread-safe.
 */
public final class WitnessServer implements Closeable {
    private static final String PATH = "/add-checkpoint";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Witness witness;
    private final Consumer<String> news;

    private WitnessServer(HttpServer server, Witness witness, Consumer<String> news) {
        this.server = server;
        this.witness = witness;
        this.news = news;
    }

    /**
     * Listens.
     *
     * @param news takes a line for each request that was not cosigned
     * @throws IOException if it cannot listen there
     */
    public static WitnessServer start(InetSocketAddress address, Witness witness, Consumer<String> news)
            throws IOException {
        // Read once by the JDK's server: who does not finish within these seconds is cut off.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        WitnessServer started = new WitnessServer(HttpServer.create(address, 16), witness, news);
        started.server.setExecutor(started.workers);
        started.server.createContext("/", started::serve);
        started.server.start();
        return started;
    }

    /** Who answers. */
    public Witness witness() {
        return witness;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            if (answer instanceof Answer.Refused(int status, String reason)) {
                news.accept(status + " " + reason);
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", answer instanceof Answer.Conflict ? "text/x.tlog.size" : "text/plain");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            return new Answer.Refused(404, "only " + PATH + " is served");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Answer.Refused(405, "POST is asked for");
        }
        byte[] request = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1);
        try {
            return witness.add(request);
        } catch (IOException | RuntimeException e) {
            return new Answer.Refused(500, "the witness cannot: " + e.getMessage());
        }
    }
}
