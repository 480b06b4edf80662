package dev.pawl.ledger;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.Price;
import dev.pawl.core.ProcessInfo;
import java.util.Optional;

/** Turns a parsed line back into an event. */
final class EventDecoder {
    private EventDecoder() {}

    static EventJson.Line decode(JsonObject line) {
        try {
            String kind = line.text("kind");
            JsonObject content = line.object(kind).orElseThrow(() -> new JsonFault(kind + " is missing"));
            Optional<Body> body = body(kind, content);
            if (body.isEmpty()) {
                return new EventJson.Unreadable("unknown kind " + kind);
            }
            return new EventJson.Decoded(new Event(
                    line.text("id"),
                    Timestamps.parse(line.text("time")),
                    line.text("agent"),
                    line.text("run"),
                    line.optionalText("cause").orElse(null),
                    line.object("process").map(EventDecoder::process).orElse(null),
                    body.get(),
                    line.object("decision").map(EventDecoder::decision).orElse(null)));
        } catch (JsonFault e) {
            return new EventJson.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static ProcessInfo process(JsonObject process) {
        return new ProcessInfo(
                process.integer("pid"),
                process.integer("parent"),
                process.text("exe"),
                process.texts("argv"),
                process.text("cwd"),
                process.text("user"));
    }

    private static Decision decision(JsonObject decision) {
        return new Decision(
                verdict(decision.text("verdict")),
                decision.text("rule"),
                decision.optionalText("boundary").orElse(null),
                decision.text("because"),
                decision.text("by"));
    }

    private static Decision.Verdict verdict(String text) {
        for (Decision.Verdict verdict : Decision.Verdict.values()) {
            if (verdict.text().equals(text)) {
                return verdict;
            }
        }
        throw new JsonFault("unknown verdict " + text);
    }

    /** The body, or empty where this version does not know the kind. */
    private static Optional<Body> body(String kind, JsonObject body) {
        return switch (kind) {
            case "exec" ->
                Optional.of(new Body.Exec(
                        body.text("exe"),
                        body.texts("argv"),
                        body.text("cwd"),
                        parent(body.object("parent").orElseThrow(() -> new JsonFault("parent is missing"))),
                        body.optionalText("file").orElse(null)));
            case "dns" ->
                Optional.of(
                        new Body.Dns(body.text("name"), body.text("type"), body.texts("answers"), body.text("code")));
            case "connect" ->
                Optional.of(new Body.Connect(
                        body.text("transport"),
                        body.optionalText("host").orElse(null),
                        body.text("address"),
                        body.integer("port")));
            case "payload" -> Optional.of(payload(body));
            case "flow" -> Optional.of(flow(body));
            case "http" ->
                Optional.of(new Body.Http(
                        body.optionalText("flow").orElse(null),
                        body.text("method"),
                        body.text("host"),
                        body.integer("port"),
                        body.text("path"),
                        body.optionalInteger("status").orElse(null),
                        body.number("sent"),
                        body.number("received"),
                        body.object("leak")
                                .map(leak -> new Body.Http.Leak(leak.text("kind"), leak.text("place")))
                                .orElse(null)));
            case "spend" ->
                Optional.of(new Body.Spend(
                        body.text("provider"),
                        body.text("operation"),
                        body.text("change"),
                        body.text("method"),
                        body.text("host"),
                        body.integer("port"),
                        body.text("path"),
                        body.decimal("amount")
                                .map(amount -> price(body, amount))
                                .orElse(null)));
            case "model" -> Optional.of(model(body));
            case "tool" ->
                Optional.of(new Body.Tool(
                        body.text("server"),
                        body.text("name"),
                        body.text("arguments"),
                        body.optionalText("outcome").orElse(null)));
            case "file" -> Optional.of(new Body.FileAccess(body.text("path"), body.text("access"), body.flag("decoy")));
            case "resource" ->
                Optional.of(new Body.Resource(
                        decimal(body, "interval_seconds"),
                        decimal(body, "cpu_seconds"),
                        body.number("memory_bytes"),
                        body.integer("processes")));
            case "control" ->
                Optional.of(new Body.Control(
                        body.text("operation"),
                        body.text("actor"),
                        body.decimal("took_ms").orElse(null),
                        body.optionalText("detail").orElse(null)));
            case "finding" ->
                Optional.of(new Body.Finding(
                        body.text("detector"),
                        body.text("title"),
                        severity(body.text("severity")),
                        body.optionalText("boundary").orElse(null),
                        body.texts("technique"),
                        body.texts("evidence")));
            default -> Optional.empty();
        };
    }

    private static Price price(JsonObject spend, double amount) {
        String per = spend.text("per");
        for (Price.Per each : Price.Per.values()) {
            if (each.text().equals(per)) {
                try {
                    return new Price(Math.round(amount * EventJson.MICROS), spend.text("currency"), each);
                } catch (IllegalArgumentException e) {
                    throw new JsonFault(String.valueOf(e.getMessage()));
                }
            }
        }
        throw new JsonFault("unknown per " + per);
    }

    private static Body.Model model(JsonObject model) {
        return new Body.Model(
                model.text("provider"),
                model.text("model"),
                model.optionalNumber("input_tokens").orElse(null),
                model.optionalNumber("output_tokens").orElse(null),
                model.object("cost")
                        .flatMap(cost -> cost.decimal("amount"))
                        .map(amount -> Math.round(amount * EventJson.MICROS))
                        .orElse(null),
                model.objects("tool_calls").stream()
                        .map(call -> new Body.ToolCall(call.text("id"), call.text("name"), call.text("arguments")))
                        .toList());
    }

    private static Body.Severity severity(String text) {
        for (Body.Severity severity : Body.Severity.values()) {
            if (severity.text().equals(text)) {
                return severity;
            }
        }
        throw new JsonFault("unknown severity " + text);
    }

    private static Body.Parent parent(JsonObject parent) {
        return new Body.Parent(parent.integer("pid"), parent.text("exe"), parent.texts("argv"));
    }

    private static Body.Flow flow(JsonObject flow) {
        return new Body.Flow(
                flow.text("flow"),
                flow.optionalText("host").orElse(null),
                flow.text("address"),
                flow.integer("port"),
                flow.text("protocol"),
                flow.number("sent"),
                flow.number("received"),
                Timestamps.parse(flow.text("opened")),
                flow.optionalText("closed").map(Timestamps::parse).orElse(null),
                new Body.Spoken(
                        flow.optionalText("speaks").orElse(null),
                        flow.optionalText("dialect").orElse(null),
                        flow.optionalText("over").orElse(null),
                        flow.optionalText("confidence").orElse(null),
                        flow.optionalText("sni").orElse(null),
                        flow.optionalText("alpn").orElse(null),
                        flow.object("course").map(EventDecoder::course).orElse(null)));
    }

    private static Body.Course course(JsonObject course) {
        return new Body.Course(
                course.text("first").equals("out"),
                course.longs("out_sizes"),
                course.longs("out_ms"),
                course.longs("in_sizes"),
                course.longs("in_ms"),
                course.number("pauses"),
                course.number("longest_pause_ms"));
    }

    private static Body.Payload payload(JsonObject payload) {
        String direction = payload.text("direction");
        if (!direction.equals("out") && !direction.equals("in")) {
            throw new JsonFault("unknown direction " + direction);
        }
        return new Body.Payload(payload.text("flow"), direction.equals("out"), payload.text("data"));
    }

    private static double decimal(JsonObject body, String name) {
        return body.decimal(name).orElseThrow(() -> new JsonFault(name + " is missing"));
    }
}
