package dev.pawl.drill.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model on loopback that makes any agent run a list of shell commands, one tool call a turn, and then end.
 *
 * <p>Which command comes next is the number of tool results in the request's own history, so the server keeps no
 * conversation, repeats an answer to a repeated request, and serves several agents at once. Requests without a known
 * shell tool (titles, summaries, probes) get a short text. Thread-safe.
 */
public final class ScriptedModel implements AutoCloseable {
    /** The largest request body that is read, bytes; larger ones get 413. */
    public static final int MAX_REQUEST_BYTES = 16 << 20;

    /** The text that ends the script. */
    public static final String LAST_WORDS = "The script is done.";

    private static final int MAX_RESULT_CHARACTERS = 1 << 16;
    private static final int MAX_RESULTS = 1000;

    private final HttpServer server;
    private final ExecutorService threads;
    private final List<String> commands;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<List<String>> results = new AtomicReference<>(List.of());
    private final AtomicReference<byte[]> largest = new AtomicReference<>(new byte[0]);
    private final Map<Integer, byte[]> first = new ConcurrentHashMap<>();

    private ScriptedModel(HttpServer server, List<String> commands) {
        this.server = server;
        this.commands = List.copyOf(commands);
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts on a free port of 127.0.0.1. */
    public static ScriptedModel start(List<String> commands) throws IOException {
        return start(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), commands);
    }

    /** Starts on the given address; port 0 picks a free one. */
    public static ScriptedModel start(InetSocketAddress address, List<String> commands) throws IOException {
        return new ScriptedModel(HttpServer.create(address, 128), commands);
    }

    /** Starts on a free port of 127.0.0.1 and speaks TLS. */
    public static ScriptedModel start(SSLContext tls, List<String> commands) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 128);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new ScriptedModel(server, commands);
    }

    /** The TCP port listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * What the agent reported back, one text per tool call, oldest first: the longest history seen so far. Each is cut
     * after 65,536 characters, the list after 1,000.
     */
    public List<String> toolResults() {
        return results.get();
    }

    /** Every text in the largest request so far, in its order: what an agent sends along with a turn is in there. */
    public List<String> told() {
        List<String> texts = new ArrayList<>();
        byte[] body = largest.get();
        if (body.length > 0) {
            collect(Wire.JSON.readTree(body), texts);
        }
        return texts;
    }

    /**
     * Every text in the first request that carried so many tool results, in its order; empty if there was none. For 1 that
     * is the request right after the first command.
     */
    public List<String> told(int results) {
        List<String> texts = new ArrayList<>();
        byte[] body = first.get(results);
        if (body != null) {
            collect(Wire.JSON.readTree(body), texts);
        }
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isString()) {
            texts.add(node.stringValue());
        }
        node.forEach(inner -> collect(inner, texts));
    }

    /** How many requests arrived for any of the model paths. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
            if (body.length > MAX_REQUEST_BYTES) {
                answer(exchange, 413, "application/json", error("request too large"));
                return;
            }
            if (path.endsWith("/models")) {
                answer(exchange, 200, "application/json", models());
            } else if (path.endsWith("/count_tokens")) {
                answer(exchange, 200, "application/json", "{\"input_tokens\":10}");
            } else {
                Optional<Wire> wire = wire(path);
                if (wire.isEmpty() || !exchange.getRequestMethod().equals("POST")) {
                    answer(exchange, 404, "application/json", error("no such path"));
                } else {
                    converse(exchange, wire.get(), body);
                }
            }
        } catch (IOException e) {
            // The agent hung up; closing the exchange is all there is to do.
        }
    }

    private void converse(HttpExchange exchange, Wire wire, byte[] body) throws IOException {
        JsonNode json;
        try {
            json = Wire.JSON.readTree(body);
        } catch (JacksonException e) {
            answer(exchange, 400, "application/json", error("not JSON"));
            return;
        }
        requests.incrementAndGet();
        largest.accumulateAndGet(body, (old, fresh) -> fresh.length > old.length ? fresh : old);
        Wire.Request request = wire.read(json);
        remember(request.results());
        if (request.results().size() <= commands.size()) {
            first.putIfAbsent(request.results().size(), body);
        }
        Turn turn = next(request);
        if (request.stream()) {
            answer(exchange, 200, "text/event-stream", wire.stream(request.model(), turn));
        } else {
            answer(
                    exchange,
                    200,
                    "application/json",
                    wire.whole(request.model(), turn).toString());
        }
    }

    private Turn next(Wire.Request request) {
        int done = request.results().size();
        String id = "call_" + done;
        if (done < commands.size()) {
            return ShellTool.run(id, request.tools(), commands.get(done)).orElseGet(() -> new Turn.Say("Scripted"));
        }
        return ShellTool.end(id, request.tools(), LAST_WORDS);
    }

    private void remember(List<String> reported) {
        List<String> kept = reported.stream()
                .limit(MAX_RESULTS)
                .map(text -> text.substring(0, Math.min(text.length(), MAX_RESULT_CHARACTERS)))
                .toList();
        results.accumulateAndGet(kept, (old, fresh) -> fresh.size() > old.size() ? fresh : old);
    }

    private static Optional<Wire> wire(String path) {
        // Compatible services have these below a path of their own.
        if (path.endsWith("/v1/responses")) {
            return Optional.of(new OpenAiResponses());
        }
        if (path.endsWith("/v1/chat/completions")) {
            return Optional.of(new OpenAiChat());
        }
        return path.endsWith("/v1/messages") ? Optional.of(new AnthropicMessages()) : Optional.empty();
    }

    private static String models() {
        ObjectNode list = Wire.JSON.createObjectNode().put("object", "list");
        list.putArray("data").addObject().put("id", "scripted").put("object", "model");
        list.putArray("models");
        return list.toString();
    }

    private static String error(String message) {
        ObjectNode error = Wire.JSON.createObjectNode().put("type", "error");
        error.putObject("error").put("type", "invalid_request_error").put("message", message);
        return error.toString();
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean bodyless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodyless ? -1 : bytes.length);
        if (!bodyless) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
