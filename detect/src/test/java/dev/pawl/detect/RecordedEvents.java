package dev.pawl.detect;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.detect.sigma.Corpora;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads recorded events as far as rules look at them. */
final class RecordedEvents {
    private RecordedEvents() {}

    static List<Event> read(String lines) {
        return lines.lines().map(line -> event(Corpora.JSON.readTree(line))).toList();
    }

    private static Event event(JsonNode line) {
        String kind = line.get("kind").asString();
        return new Event(
                line.get("id").asString(),
                Instant.parse(line.get("time").asString()),
                line.get("agent").asString(),
                line.get("run").asString(),
                text(line, "cause"),
                line.has("process") ? process(line.get("process")) : null,
                body(kind, line.get(kind)),
                null);
    }

    private static Body body(String kind, JsonNode body) {
        return switch (kind) {
            case "exec" ->
                new Body.Exec(
                        body.get("exe").asString(),
                        texts(body.get("argv")),
                        body.get("cwd").asString(),
                        new Body.Parent(
                                body.get("parent").get("pid").asInt(),
                                body.get("parent").get("exe").asString(),
                                texts(body.get("parent").get("argv"))));
            case "dns" ->
                new Body.Dns(
                        body.get("name").asString(),
                        body.get("type").asString(),
                        texts(body.get("answers")),
                        body.get("code").asString());
            case "connect" ->
                new Body.Connect(
                        body.get("transport").asString(),
                        text(body, "host"),
                        body.get("address").asString(),
                        body.get("port").asInt());
            case "file" ->
                new Body.FileAccess(
                        body.get("path").asString(),
                        body.get("access").asString(),
                        body.get("decoy").asBoolean());
            default -> throw new IllegalArgumentException("no reader for " + kind);
        };
    }

    private static ProcessInfo process(JsonNode process) {
        return new ProcessInfo(
                process.get("pid").asInt(),
                process.get("parent").asInt(),
                process.get("exe").asString(),
                texts(process.get("argv")),
                process.get("cwd").asString(),
                process.get("user").asString());
    }

    private static List<String> texts(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> list.get(i).asString())
                .toList();
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.has(name) ? node.get(name).asString() : null;
    }
}
