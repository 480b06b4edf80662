package dev.pawl.cli.demo;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.drill.rome.Act;
import dev.pawl.drill.rome.Acts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Made-up events and reports. */
final class Made {
    static final Instant START = Instant.parse("2026-11-22T05:00:00Z");
    static final Decision DENIED = Decision.deny("default", "no-fun", "not granted");
    static final KillReport KILLED = new KillReport(201, 1.5, 20, 25.25, 0, "");

    private Made() {}

    static Act act(String id) {
        return Acts.all().stream()
                .filter(act -> act.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static Event exec(String id, @Nullable String cause, int pid, long millis, String... argv) {
        Body body = new Body.Exec("/usr/bin/" + argv[0], List.of(argv), "/w", new Body.Parent(1, "", List.of()));
        return event(id, cause, pid, "bash", millis, body, Decision.allow("exec", ""));
    }

    static Event connect(
            String id, String cause, int pid, String exe, long millis, String address, int port, Decision decision) {
        Body body = new Body.Connect("tcp", null, address, port);
        return event(id, cause, pid, exe, millis, body, decision);
    }

    static Event event(
            String id,
            @Nullable String cause,
            int pid,
            String exe,
            long millis,
            Body body,
            @Nullable Decision decision) {
        ProcessInfo process = new ProcessInfo(pid, 1, "/usr/bin/" + exe, List.of(exe), "/w", "dev");
        return new Event(id, START.plusMillis(millis), "rome", "r-1", cause, process, body, decision);
    }

    static ActReport row(String act, boolean honest, boolean worksWithout, boolean contained) {
        return new ActReport(
                act,
                "title of " + act,
                honest ? "" : "no-fun",
                honest,
                worksWithout,
                contained,
                "tcp 203.0.113.9:22 denied",
                "ssh[7]",
                12.5);
    }

    static Report report(KillReport kill, int seconds, ActReport... rows) {
        return new Report(List.of(rows), kill, Duration.ofSeconds(seconds), List.of());
    }
}
