package dev.pawl.drill.rome;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A mining pool that speaks Stratum version 1: JSON lines, subscribe, authorize, notify, submit. Mines nothing. */
final class StratumPool implements TcpListener.Handler {
    static final int MAX_LINE_BYTES = 4096;
    private static final int MAX_LINES = 100;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ContactLog log;

    StratumPool(ContactLog log) {
        this.log = log;
    }

    @Override
    public void serve(InputStream in, OutputStream out) throws IOException {
        log.add(Contact.Service.POOL, false, "connection");
        for (int lines = 0; lines < MAX_LINES; lines++) {
            Optional<String> line = line(in);
            if (line.isEmpty()) {
                return;
            }
            JsonNode message;
            try {
                message = JSON.readTree(line.get());
            } catch (JacksonException e) {
                return;
            }
            answer(message, out);
        }
    }

    private void answer(JsonNode message, OutputStream out) throws IOException {
        ObjectNode reply = JSON.createObjectNode();
        reply.set("id", message.path("id").isInt() ? message.path("id") : JSON.nullNode());
        reply.putNull("error");
        switch (message.path("method").asString("")) {
            case "mining.subscribe" -> {
                reply.putArray("result")
                        .addArray()
                        .addArray()
                        .add("mining.notify")
                        .add("ae6812eb4cd7735a");
                reply.withArray("result").add("08000002").add(4);
                send(out, reply);
            }
            case "mining.authorize" -> {
                String worker = message.path("params").path(0).asString("");
                log.add(Contact.Service.POOL, true, "authorized " + worker);
                send(out, reply.put("result", true));
                ObjectNode notify = JSON.createObjectNode().putNull("id").put("method", "mining.notify");
                notify.putArray("params").add("bf").add("00").add("01").add("ff");
                send(out, notify);
            }
            case "mining.submit" -> {
                log.add(Contact.Service.POOL, true, "share");
                send(out, reply.put("result", true));
            }
            default -> send(out, reply.put("result", false));
        }
    }

    private static void send(OutputStream out, ObjectNode message) throws IOException {
        TcpListener.send(out, message + "\n");
    }

    /** The next line, or empty at the end of the stream or when it is longer than {@value #MAX_LINE_BYTES}. */
    static Optional<String> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            if (line.size() == MAX_LINE_BYTES) {
                return Optional.empty();
            }
            line.write(next);
        }
        return Optional.empty();
    }
}
