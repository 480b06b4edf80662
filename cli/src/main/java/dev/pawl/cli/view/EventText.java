package dev.pawl.cli.view;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An event as one line for a person. Times are UTC. */
public final class EventText {
    private static final int MAX_ARGV = 160;
    private static final int MAX_NAME = 255;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private EventText() {}

    /** Time, run, kind, verdict, what, by which process. */
    public static String line(Event event) {
        StringBuilder line = new StringBuilder(TIME.format(event.time()))
                .append("  ")
                .append(Plain.text(event.run(), 40))
                .append(String.format(Locale.ROOT, "  %-8s ", event.body().kind()))
                .append(String.format(Locale.ROOT, "%-5s  ", verdict(event.decision())))
                .append(what(event.body()));
        if (event.process() != null) {
            line.append("  by ").append(process(event.process()));
        }
        if (event.decision() != null && event.decision().denied()) {
            line.append("  (").append(Plain.text(event.decision().rule(), 60)).append(')');
        }
        return line.toString();
    }

    /** When it was. */
    static String time(Event event) {
        return TIME.format(event.time());
    }

    /** What was tried or happened, without who and when. */
    public static String what(Body body) {
        return switch (body) {
            case Body.Exec exec -> program(exec.exe(), exec.argv());
            case Body.Dns dns ->
                Plain.text(dns.name(), MAX_NAME) + " " + Plain.text(dns.type(), 20) + " " + Plain.text(dns.code(), 20)
                        + (dns.answers().isEmpty() ? "" : " " + Plain.text(String.join(" ", dns.answers()), MAX_NAME));
            case Body.Connect connect -> connect(connect);
            case Body.Payload payload ->
                (payload.out() ? "sent " : "received ") + payload.data().length() * 3 / 4 + " bytes first";
            case Body.Flow flow ->
                Plain.text(flow.protocol(), 20) + " to " + place(flow.host(), flow.address(), flow.port())
                        + (flow.closed() == null ? " opened" : " closed")
                        + ", sent " + flow.sent() + ", received " + flow.received();
            case Body.Http http ->
                Plain.text(http.method(), 20) + " " + place(http.host(), http.host(), http.port())
                        + Plain.text(http.path(), MAX_NAME)
                        + (http.status() == null
                                ? ""
                                : " answered " + http.status() + ", sent " + http.sent() + ", received "
                                        + http.received());
            case Body.Spend spend ->
                Plain.text(spend.provider(), 20) + " " + Plain.text(spend.operation(), 80) + " ("
                        + Plain.text(spend.change(), 20) + ", "
                        + (spend.price() == null
                                ? "price unknown"
                                : spend.price().text()) + ") at "
                        + place(spend.host(), spend.host(), spend.port());
            case Body.Model model -> model(model);
            case Body.Tool tool ->
                (tool.server().equals(Body.Tool.MODEL) ? "" : Plain.text(tool.server(), 80) + " ")
                        + Plain.text(tool.name(), 80) + " " + Plain.text(tool.arguments(), MAX_NAME)
                        + (tool.outcome() == null ? "" : ": " + Plain.text(tool.outcome(), 80));
            case Body.FileAccess file ->
                Plain.text(file.access(), 20) + " " + (file.decoy() ? "decoy " : "")
                        + Plain.text(file.path(), MAX_NAME);
            case Body.Resource resource ->
                String.format(
                        Locale.ROOT,
                        "%.2f s of processor in %.1f s, %.1f MiB, %d processes",
                        resource.cpuSeconds(),
                        resource.intervalSeconds(),
                        resource.memoryBytes() / 1048576.0,
                        resource.processes());
            case Body.Control control ->
                Plain.text(control.operation(), 40) + " by " + Plain.text(control.actor(), 60)
                        + (control.tookMillis() == null ? "" : " in " + Durations.millis(control.tookMillis()))
                        + (control.detail() == null ? "" : ": " + Plain.text(control.detail(), MAX_NAME));
            case Body.Finding finding ->
                finding.severity().text() + ": " + Plain.text(finding.title(), MAX_NAME)
                        + (finding.boundary() == null ? "" : ", against " + Plain.text(finding.boundary(), 60))
                        + (finding.technique().isEmpty()
                                ? ""
                                : ", " + Plain.text(String.join(" ", finding.technique()), 120));
        };
    }

    /** A process as name and pid. */
    public static String process(ProcessInfo process) {
        String exe = process.exe();
        String name =
                exe.isEmpty() && !process.argv().isEmpty() ? process.argv().getFirst() : exe;
        return Plain.text(name.substring(name.lastIndexOf('/') + 1), 60) + "[" + process.pid() + "]";
    }

    /** The arguments as a person would type them, cut where they get long. */
    static String program(String exe, List<String> argv) {
        StringBuilder text = new StringBuilder(Plain.text(exe, MAX_NAME)).append(':');
        for (String argument : argv) {
            if (text.length() > MAX_ARGV) {
                return text.append(" …").toString();
            }
            boolean quoted = argument.isEmpty() || argument.indexOf(' ') >= 0;
            String shown = Plain.text(argument, MAX_ARGV);
            text.append(quoted ? " '" + shown + "'" : " " + shown);
        }
        return text.toString();
    }

    private static String model(Body.Model model) {
        boolean counted = model.inputTokens() != null && model.outputTokens() != null;
        String tokens = counted ? model.inputTokens() + " tokens in, " + model.outputTokens() + " out" : "not counted";
        String cost = model.costMicros() != null
                ? String.format(Locale.ROOT, ", %.4f USD", model.costMicros() / 1e6)
                : counted ? ", price unknown" : "";
        String calls = model.toolCalls().stream()
                .map(call -> Plain.text(call.name(), 40))
                .collect(Collectors.joining(", "));
        return Plain.text(model.provider(), 20) + " " + Plain.text(model.model(), 80) + ", " + tokens + cost
                + (calls.isEmpty() ? "" : ", asks for " + calls);
    }

    private static String connect(Body.Connect connect) {
        String transport = Plain.text(connect.transport(), 20);
        return connect.transport().equals("unix")
                ? transport + " " + Plain.text(connect.address(), MAX_NAME)
                : transport + " " + place(connect.host(), connect.address(), connect.port());
    }

    private static String place(@Nullable String host, String address, int port) {
        String named = Plain.text(host == null ? address : host, MAX_NAME);
        return (named.indexOf(':') >= 0 ? "[" + named + "]" : named) + ":" + port;
    }

    private static String verdict(@Nullable Decision decision) {
        return decision == null ? "" : decision.verdict().text();
    }
}
