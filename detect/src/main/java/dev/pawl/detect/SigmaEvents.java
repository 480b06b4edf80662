package dev.pawl.detect;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.rule.LogSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pawl's events in the words of Sigma's taxonomy. Each event is of one log source; rules for kindred ones (firewall,
 * Zeek, Sysmon) come to it by the pipeline {@code pawl.yml}. Beside the taxonomy's fields each has {@code pawl.agent},
 * {@code pawl.run}, {@code pawl.verdict} and {@code pawl.rule}.
 */
public final class SigmaEvents {
    private static final String PRODUCT = "linux";
    private static final String SERVICE = "pawl";
    private static final LogSource EXEC = new LogSource("process_creation", PRODUCT, SERVICE);
    private static final LogSource CONNECT = new LogSource("network_connection", PRODUCT, SERVICE);
    private static final LogSource DNS = new LogSource("dns", PRODUCT, SERVICE);
    private static final LogSource PROXY = new LogSource("proxy", PRODUCT, SERVICE);
    private static final LogSource FILE_EVENT = new LogSource("file_event", PRODUCT, SERVICE);
    private static final LogSource FILE_ACCESS = new LogSource("file_access", PRODUCT, SERVICE);
    private static final LogSource FILE_DELETE = new LogSource("file_delete", PRODUCT, SERVICE);

    private SigmaEvents() {}

    /**
     * The event for rules; empty where Sigma has no words for its kind, and for an attempt that waits for a person: the
     * event of the answer tells the same attempt once more.
     */
    public static Optional<LogEvent> of(Event event) {
        if (event.decision() != null && event.decision().verdict() == Decision.Verdict.ASK) {
            return Optional.empty();
        }
        return switch (event.body()) {
            case Body.Exec exec -> Optional.of(exec(event, exec));
            case Body.Connect connect -> Optional.of(connect(event, connect));
            case Body.Dns dns -> Optional.of(dns(event, dns));
            case Body.Payload ignored -> Optional.empty();
            case Body.Flow flow -> Optional.of(flow(event, flow));
            case Body.Http http -> Optional.of(http(event, http));
            case Body.FileAccess file -> Optional.of(file(event, file));
            case Body.Spend ignored -> Optional.empty();
            case Body.Model ignored -> Optional.empty();
            case Body.Tool ignored -> Optional.empty();
            case Body.Resource ignored -> Optional.empty();
            case Body.Control ignored -> Optional.empty();
            case Body.Finding ignored -> Optional.empty();
        };
    }

    private static LogEvent exec(Event event, Body.Exec exec) {
        LogEvent.Builder fields = begin(EXEC, event)
                .with("Image", exec.exe())
                .with("CommandLine", line(exec.argv()))
                .with("CurrentDirectory", exec.cwd())
                .with("ParentImage", exec.parent().exe())
                .with("ParentCommandLine", line(exec.parent().argv()))
                .with("ParentProcessId", exec.parent().pid());
        ProcessInfo process = event.process();
        if (process != null) {
            fields.with("User", process.user()).with("ProcessId", process.pid());
        }
        return end(fields, event);
    }

    private static LogEvent connect(Event event, Body.Connect connect) {
        LogEvent.Builder fields = begin(CONNECT, event)
                .with("Initiated", "true")
                .with("Protocol", connect.transport())
                .with("DestinationIp", connect.address())
                .with("DestinationPort", connect.port());
        given(fields, "DestinationHostname", connect.host());
        process(fields, event.process());
        return end(fields, event);
    }

    private static LogEvent dns(Event event, Body.Dns dns) {
        LogEvent.Builder fields = begin(DNS, event)
                .with("query", dns.name())
                .with("record_type", dns.type())
                .with("rcode", dns.code());
        dns.answers().forEach(answer -> fields.with("answer", answer));
        process(fields, event.process());
        return end(fields, event);
    }

    private static LogEvent flow(Event event, Body.Flow flow) {
        LogEvent.Builder fields = begin(PROXY, event)
                .with("dst_ip", flow.address())
                .with("dst_port", flow.port())
                .with("c-uri-scheme", flow.protocol())
                .with("cs-bytes", flow.sent())
                .with("sc-bytes", flow.received());
        given(fields, "cs-host", flow.host());
        process(fields, event.process());
        return end(fields, event);
    }

    private static LogEvent http(Event event, Body.Http http) {
        LogEvent.Builder fields = begin(PROXY, event)
                .with("cs-method", http.method())
                .with("cs-host", http.host())
                .with("dst_port", http.port())
                .with("c-uri-stem", http.path())
                .with("cs-bytes", http.sent())
                .with("sc-bytes", http.received());
        if (http.status() != null) {
            fields.with("sc-status", http.status());
        }
        process(fields, event.process());
        return end(fields, event);
    }

    private static LogEvent file(Event event, Body.FileAccess file) {
        LogSource source = switch (file.access()) {
            case "read" -> FILE_ACCESS;
            case "delete" -> FILE_DELETE;
            default -> FILE_EVENT;
        };
        LogEvent.Builder fields = begin(source, event)
                .with("TargetFilename", file.path())
                .with("pawl.access", file.access())
                .with("pawl.decoy", String.valueOf(file.decoy()));
        process(fields, event.process());
        return end(fields, event);
    }

    private static LogEvent.Builder begin(LogSource source, Event event) {
        return LogEvent.of(source, event.id(), event.time());
    }

    private static LogEvent end(LogEvent.Builder fields, Event event) {
        fields.with("pawl.agent", event.agent()).with("pawl.run", event.run());
        Decision decision = event.decision();
        if (decision != null) {
            fields.with("pawl.verdict", decision.verdict().text()).with("pawl.rule", decision.rule());
        }
        return fields.build();
    }

    private static void process(LogEvent.Builder fields, @Nullable ProcessInfo process) {
        if (process != null) {
            fields.with("Image", process.exe())
                    .with("CommandLine", line(process.argv()))
                    .with("User", process.user())
                    .with("ProcessId", process.pid());
        }
    }

    private static void given(LogEvent.Builder fields, String name, @Nullable String value) {
        if (value != null) {
            fields.with(name, value);
        }
    }

    /** Arguments with spaces between, as Sysmon for Linux writes them. */
    private static String line(List<String> argv) {
        return String.join(" ", argv);
    }
}
