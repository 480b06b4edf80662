package dev.pawl.ledger;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import org.jspecify.annotations.Nullable;

/** Events as JSON lines, version 1: the format may grow, fields are never renamed. Stateless, thread-safe. */
public final class EventJson {
    static final double MICROS = 1e6;

    private EventJson() {}

    /** What a line turned out to be. */
    public sealed interface Line {}

    /** The line is an event. */
    public record Decoded(Event event) implements Line {}

    /** The line is no event this version can read; {@code reason} is for a human. */
    public record Unreadable(String reason) implements Line {}

    /**
     * The event as UTF-8 with a line feed at its end and nowhere else.
     *
     * @throws IllegalArgumentException if the event holds a number that is not finite or a year beyond 9999
     */
    public static byte[] encode(Event event) {
        JsonOut out = new JsonOut();
        members(out, event);
        return out.line();
    }

    /** Writes all there is to an event. */
    static void members(Members out, Event event) {
        out.text("id", event.id())
                .text("time", Timestamps.text(event.time()))
                .text("agent", event.agent())
                .text("run", event.run())
                .text("kind", event.body().kind())
                .text("cause", event.cause());
        process(out, event.process());
        out.begin(event.body().kind());
        body(out, event.body());
        out.end();
        decision(out, event.decision());
    }

    /** Reads one line, with or without its line feed. Unknown keys are passed over. Never throws. */
    public static Line decode(byte[] line) {
        return switch (JsonObject.parse(line)) {
            case JsonObject.Malformed(String reason) -> new Unreadable(reason);
            case JsonObject.Whole(JsonObject object) -> EventDecoder.decode(object);
        };
    }

    private static void process(Members out, @Nullable ProcessInfo process) {
        if (process != null) {
            out.begin("process")
                    .number("pid", process.pid())
                    .number("parent", process.parent())
                    .text("exe", process.exe())
                    .texts("argv", process.argv())
                    .text("cwd", process.cwd())
                    .text("user", process.user())
                    .end();
        }
    }

    private static void decision(Members out, @Nullable Decision decision) {
        if (decision != null) {
            out.begin("decision")
                    .text("verdict", decision.verdict().text())
                    .text("rule", decision.rule())
                    .text("boundary", decision.boundary())
                    .text("because", decision.because())
                    .text("by", decision.by())
                    .end();
        }
    }

    private static void body(Members out, Body body) {
        switch (body) {
            case Body.Exec exec ->
                out.text("exe", exec.exe())
                        .texts("argv", exec.argv())
                        .text("cwd", exec.cwd())
                        .begin("parent")
                        .number("pid", exec.parent().pid())
                        .text("exe", exec.parent().exe())
                        .texts("argv", exec.parent().argv())
                        .end()
                        .text("file", exec.file());
            case Body.Dns dns ->
                out.text("name", dns.name())
                        .text("type", dns.type())
                        .texts("answers", dns.answers())
                        .text("code", dns.code());
            case Body.Connect connect ->
                out.text("transport", connect.transport())
                        .text("host", connect.host())
                        .text("address", connect.address())
                        .number("port", connect.port());
            case Body.Payload payload ->
                out.text("flow", payload.flow())
                        .text("direction", payload.out() ? "out" : "in")
                        .text("data", payload.data());
            case Body.Flow flow -> flow(out, flow);
            case Body.Http http -> http(out, http);
            case Body.Spend spend -> spend(out, spend);
            case Body.Model model -> model(out, model);
            case Body.Tool tool ->
                out.text("server", tool.server())
                        .text("name", tool.name())
                        .text("arguments", tool.arguments())
                        .text("outcome", tool.outcome());
            case Body.FileAccess file ->
                out.text("path", file.path()).text("access", file.access()).flag("decoy", file.decoy());
            case Body.Resource resource ->
                out.decimal("interval_seconds", resource.intervalSeconds())
                        .decimal("cpu_seconds", resource.cpuSeconds())
                        .number("memory_bytes", resource.memoryBytes())
                        .number("processes", resource.processes());
            case Body.Control control ->
                out.text("operation", control.operation())
                        .text("actor", control.actor())
                        .decimal("took_ms", control.tookMillis())
                        .text("detail", control.detail());
            case Body.Finding finding ->
                out.text("detector", finding.detector())
                        .text("title", finding.title())
                        .text("severity", finding.severity().text())
                        .text("boundary", finding.boundary())
                        .texts("technique", finding.technique())
                        .texts("evidence", finding.evidence());
        }
    }

    private static void model(Members out, Body.Model model) {
        out.text("provider", model.provider()).text("model", model.model());
        if (model.inputTokens() != null) {
            out.number("input_tokens", model.inputTokens());
        }
        if (model.outputTokens() != null) {
            out.number("output_tokens", model.outputTokens());
        }
        if (model.costMicros() != null) {
            out.begin("cost")
                    .decimal("amount", model.costMicros() / MICROS)
                    .text("currency", "USD")
                    .end();
        }
        out.list(
                "tool_calls",
                model.toolCalls(),
                (call, each) ->
                        call.text("id", each.id()).text("name", each.name()).text("arguments", each.arguments()));
    }

    private static void http(Members out, Body.Http http) {
        out.text("flow", http.flow())
                .text("method", http.method())
                .text("host", http.host())
                .number("port", http.port())
                .text("path", http.path());
        if (http.status() != null) {
            out.number("status", http.status());
        }
        out.number("sent", http.sent()).number("received", http.received());
        if (http.leak() != null) {
            out.begin("leak")
                    .text("kind", http.leak().kind())
                    .text("place", http.leak().place())
                    .end();
        }
    }

    private static void spend(Members out, Body.Spend spend) {
        out.text("provider", spend.provider())
                .text("operation", spend.operation())
                .text("change", spend.change())
                .text("method", spend.method())
                .text("host", spend.host())
                .number("port", spend.port())
                .text("path", spend.path());
        if (spend.price() != null) {
            out.decimal("amount", spend.price().micros() / MICROS)
                    .text("currency", spend.price().currency())
                    .text("per", spend.price().per().text());
        }
    }

    private static void flow(Members out, Body.Flow flow) {
        out.text("flow", flow.flow())
                .text("host", flow.host())
                .text("address", flow.address())
                .number("port", flow.port())
                .text("protocol", flow.protocol())
                .number("sent", flow.sent())
                .number("received", flow.received())
                .text("opened", Timestamps.text(flow.opened()));
        if (flow.closed() != null) {
            out.text("closed", Timestamps.text(flow.closed()));
        }
        Body.Spoken spoken = flow.spoken();
        out.text("speaks", spoken.speaks())
                .text("dialect", spoken.dialect())
                .text("over", spoken.over())
                .text("confidence", spoken.confidence())
                .text("sni", spoken.sni())
                .text("alpn", spoken.alpn());
        Body.Course course = spoken.course();
        if (course != null) {
            out.begin("course")
                    .text("first", course.outFirst() ? "out" : "in")
                    .longs("out_sizes", course.outSizes())
                    .longs("out_ms", course.outMillis())
                    .longs("in_sizes", course.inSizes())
                    .longs("in_ms", course.inMillis())
                    .number("pauses", course.pauses())
                    .number("longest_pause_ms", course.longestPause())
                    .end();
        }
    }
}
