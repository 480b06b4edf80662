package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.EventSink;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor;
import dev.pawl.core.Policy;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Ulid;
import dev.pawl.ledger.Ledger;
import dev.pawl.server.approvals.Asks;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMonitorTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T05:00:00.123456789Z"), ZoneOffset.UTC);
    private static final Policy GRANTED = attempt -> Decision.allow("exec", "programs may run");
    private static final Policy DENIED = attempt -> Decision.deny("default", "no-covert-channels", "not granted");

    @TempDir
    Path directory;

    private final List<Event> events = new ArrayList<>();
    private final Map<Integer, Lineage.Birth> processes = new HashMap<>();
    private final AtomicInteger broken = new AtomicInteger();

    @Test
    void recordsEveryAttemptWithItsDecision() {
        RunMonitor monitor = monitor(DENIED, events::addAll);
        ProcessInfo bash = process(41, 40, "/bin/bash", "bash");
        List<Attempt> attempts = List.of(
                new Attempt.Exec(process(41, 40, "/usr/bin/ssh", "ssh", "box"), "/usr/bin/ssh"),
                new Attempt.Resolve("secret.example", "A"),
                new Attempt.Connect(
                        Attempt.Transport.UDP, Optional.of("a.example"), InetAddress.ofLiteral("203.0.113.9"), 22),
                new Attempt.LocalConnect("/run/x.sock", false));
        for (Attempt attempt : attempts) {
            Monitor.Judged judged = monitor.judge(attempt, bash);
            assertThat(judged.decision().allowed()).isFalse();
            assertThat(judged.event()).isEqualTo(events.getLast().id());
            assertThat(events.getLast().decision()).isEqualTo(judged.decision());
            assertThat(events.getLast().time()).isEqualTo(Instant.parse("2026-11-22T05:00:00.123456Z"));
        }
        assertThat(events.stream().map(Event::body))
                .containsExactly(
                        new Body.Exec(
                                "/usr/bin/ssh",
                                List.of("ssh", "box"),
                                "/w",
                                new Body.Parent(40, "/bin/bash", List.of("bash")),
                                "/usr/bin/ssh"),
                        new Body.Dns("secret.example", "A", List.of(), "NXDOMAIN"),
                        new Body.Connect("udp", "a.example", "203.0.113.9", 22),
                        new Body.Connect("unix", null, "/run/x.sock", 0));
        assertThat(events).extracting(Event::id).isSorted();
    }

    @Test
    void allowedNamesAreRecordedAsFound() {
        monitor(GRANTED, events::addAll).judge(new Attempt.Resolve("a.example", "AAAA"), null);
        assertThat(events.getFirst().body()).isEqualTo(new Body.Dns("a.example", "AAAA", List.of(), "NOERROR"));
        assertThat(events.getFirst().process()).isNull();
    }

    @Test
    void aPolicyThatThrowsDenies() {
        for (Throwable thrown : List.of(new IllegalStateException("odd"), new StackOverflowError())) {
            RunMonitor monitor = monitor(attempt -> sneak(thrown), events::addAll);
            Monitor.Judged judged = monitor.judge(new Attempt.Resolve("a.example", "A"), null);
            assertThat(judged.decision().allowed()).isFalse();
            assertThat(judged.decision().rule()).isEqualTo("policy-error");
            assertThat(events.getLast().id()).isEqualTo(judged.event());
        }
        assertThat(broken).hasValue(0);
    }

    @Test
    void whatCannotBeRecordedIsDeniedAndEndsTheRunOnce() throws IOException {
        Ledger closed = Ledger.open(directory);
        closed.close();
        RunMonitor monitor = monitor(GRANTED, closed);
        for (int i = 0; i < 3; i++) {
            Monitor.Judged judged = monitor.judge(new Attempt.Resolve("a.example", "A"), null);
            assertThat(judged)
                    .isEqualTo(new Monitor.Judged(
                            new Decision(
                                    Decision.Verdict.DENY,
                                    "record-failed",
                                    null,
                                    "the attempt could not be recorded",
                                    "ledger"),
                            ""));
        }
        assertThat(monitor.record(new Body.FileAccess("/x", "read", true), null, null, null))
                .isEmpty();
        assertThat(broken).hasValue(1);
    }

    @Test
    void neverAllowsAgainAfterOneFailure() {
        AtomicInteger calls = new AtomicInteger();
        RunMonitor monitor = monitor(GRANTED, _ -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalArgumentException("not this one");
            }
        });
        assertThat(monitor.judge(new Attempt.Resolve("a.example", "A"), null)
                        .decision()
                        .allowed())
                .isFalse();
        assertThat(monitor.judge(new Attempt.Resolve("a.example", "A"), null)
                        .decision()
                        .allowed())
                .isFalse();
        assertThat(calls).hasValue(1);
        assertThat(broken).hasValue(1);
    }

    @Test
    void linksEveryEventToWhatLedToIt() {
        RunMonitor monitor = monitor(GRANTED, events::addAll);
        processes.put(10, new Lineage.Birth(1, 100));
        processes.put(11, new Lineage.Birth(10, 110));
        processes.put(12, new Lineage.Birth(11, 120));
        String start = monitor.record(new Body.Control("start", "dev", null, null), null, null, null);
        assertThat(causeOf(start)).isNull();

        String shell = exec(monitor, process(10, 1, "/init", "init"), process(10, 1, "/bin/sh", "sh"));
        assertThat(causeOf(shell)).isEqualTo(start);
        // 11 is forked by 10, 12 by 11; neither runs a program of its own before these.
        ProcessInfo forked = process(12, 11, "/bin/sh", "sh");
        String ssh = exec(monitor, forked, process(12, 11, "/usr/bin/ssh", "ssh"));
        assertThat(causeOf(ssh)).isEqualTo(shell);
        Attempt connect =
                new Attempt.Connect(Attempt.Transport.TCP, Optional.empty(), InetAddress.ofLiteral("203.0.113.9"), 22);
        assertThat(causeOf(monitor.judge(connect, process(12, 11, "/usr/bin/ssh", "ssh"))
                        .event()))
                .isEqualTo(ssh);
        assertThat(causeOf(
                        monitor.judge(connect, process(11, 10, "/bin/sh", "sh")).event()))
                .isEqualTo(shell);
        assertThat(causeOf(monitor.record(new Body.FileAccess("/x", "read", true), null, ssh, null)))
                .isEqualTo(ssh);
        assertThat(causeOf(monitor.record(new Body.FileAccess("/x", "read", true), null, null, null)))
                .isEqualTo(start);
        // A second program in the same process comes from the first.
        assertThat(causeOf(exec(monitor, process(12, 11, "/usr/bin/ssh", "ssh"), process(12, 11, "/bin/x", "x"))))
                .isEqualTo(ssh);
    }

    @Test
    void aCauseThatIsKnownIsNotDerived() {
        RunMonitor monitor = monitor(GRANTED, events::addAll);
        ProcessInfo curl = process(12, 11, "/usr/bin/curl", "curl");
        Attempt connect =
                new Attempt.Connect(Attempt.Transport.TCP, Optional.of("a"), InetAddress.ofLiteral("198.18.0.1"), 443);
        String connected = monitor.judge(connect, curl).event();
        processes.put(12, new Lineage.Birth(11, 120));
        exec(monitor, curl, curl);
        Attempt request = new Attempt.Request("a", 443, "GET", "/");
        Holding never = new Holding() {
            @Override
            public Act act() {
                throw new AssertionError("nobody is asked");
            }

            @Override
            public List<ProcessInfo> chain() {
                throw new AssertionError("nobody is asked");
            }

            @Override
            public boolean waits() {
                throw new AssertionError("nobody is asked");
            }
        };
        Monitor.Verdict verdict = monitor.judge(request, curl, connected, never);
        assertThat(causeOf(verdict.now().event())).isEqualTo(connected);
    }

    @Test
    void aReusedPidInheritsNothing() {
        RunMonitor monitor = monitor(GRANTED, events::addAll);
        String start = monitor.record(new Body.Control("start", "dev", null, null), null, null, null);
        processes.put(12, new Lineage.Birth(1, 120));
        exec(monitor, process(12, 1, "/bin/sh", "sh"), process(12, 1, "/bin/a", "a"));
        processes.put(12, new Lineage.Birth(1, 999));
        assertThat(causeOf(monitor.judge(new Attempt.Resolve("a.example", "A"), process(12, 1, "/bin/sh", "sh"))
                        .event()))
                .isEqualTo(start);
    }

    @Test
    void aProgramThatDidNotStartCausesNothing() {
        RunMonitor monitor = monitor(GRANTED, events::addAll);
        String start = monitor.record(new Body.Control("start", "dev", null, null), null, null, null);
        processes.put(12, new Lineage.Birth(1, 120));
        ProcessInfo shell = process(12, 1, "/bin/sh", "sh");
        exec(monitor, shell, process(12, 1, "/usr/local/bin/ls", "ls"));
        String second = exec(monitor, shell, process(12, 1, "/usr/bin/ls", "ls"));
        assertThat(causeOf(second)).isEqualTo(start);
        assertThat(causeOf(monitor.judge(new Attempt.Resolve("a.example", "A"), process(12, 1, "/usr/bin/ls", "ls"))
                        .event()))
                .isEqualTo(second);
    }

    @Test
    void aDeniedProgramCausesNothing() {
        processes.put(12, new Lineage.Birth(1, 120));
        RunMonitor monitor = monitor(DENIED, events::addAll);
        exec(monitor, process(12, 1, "/bin/sh", "sh"), process(12, 1, "/bin/a", "a"));
        assertThat(causeOf(monitor.judge(new Attempt.Resolve("a.example", "A"), process(12, 1, "/bin/sh", "sh"))
                        .event()))
                .isNull();
    }

    @Test
    void aLoopOfParentsEnds() {
        processes.put(20, new Lineage.Birth(21, 1));
        processes.put(21, new Lineage.Birth(20, 1));
        RunMonitor monitor = monitor(GRANTED, events::addAll);
        assertThat(monitor.judge(new Attempt.Resolve("a.example", "A"), process(20, 21, "/bin/sh", "sh"))
                        .event())
                .isNotEmpty();
    }

    @Test
    void countsDenialsByWhatWasTried() {
        RunMonitor monitor = monitor(DENIED, events::addAll);
        ProcessInfo ssh = process(41, 40, "/usr/bin/ssh", "ssh");
        String first = "";
        for (int i = 0; i < 3; i++) {
            String event =
                    monitor.judge(new Attempt.Resolve("a.example", "A"), ssh).event();
            first = first.isEmpty() ? event : first;
        }
        Decision refused =
                new Decision(Decision.Verdict.DENY, "private-address", null, "resolves to 10.0.0.1", "gateway");
        monitor.record(new Body.Connect("tcp", "b.example", "198.18.0.1", 443), ssh, null, refused);
        assertThat(monitor.denials()).hasSize(2);
        assertThat(monitor.denials().getFirst())
                .isEqualTo(new Denial(
                        new Attempt.Resolve("a.example", "A"),
                        Decision.deny("default", "no-covert-channels", "not granted"),
                        ssh,
                        3,
                        first));
        assertThat(monitor.denials().getLast().decision()).isEqualTo(refused);

        for (int i = 0; i < Denials.MAX_GROUPS; i++) {
            monitor.judge(new Attempt.Resolve("x" + i + ".example", "A"), ssh);
        }
        assertThat(monitor.denials()).hasSize(Denials.MAX_GROUPS);
        assertThat(monitor.denialsBeyond()).isEqualTo(2);
    }

    /** With the real record and the real /proc, in turn with a record that costs nothing; a ceiling a busy machine meets. */
    @Test
    void judgingIsFast() throws IOException {
        int pid = (int) ProcessHandle.current().pid();
        ProcStat self = ProcStat.self();
        ProcessInfo before = process(pid, self.parent(), "/bin/sh", "sh");
        ProcessInfo program = process(pid, self.parent(), "/usr/bin/cc", "cc", "-c", "x".repeat(200));
        Attempt attempt = new Attempt.Exec(program, program.exe());
        double[] with = new double[20_000];
        double[] without = new double[with.length];
        try (Ledger ledger = Ledger.open(directory)) {
            RunMonitor recorded = timed(ledger);
            RunMonitor unrecorded = timed(_ -> {});
            for (int i = 0; i < with.length; i++) {
                with[i] = micros(() -> recorded.judge(attempt, before));
                without[i] = micros(() -> unrecorded.judge(attempt, before));
            }
        }
        System.out.printf(
                "judge exec: median %.1f us, 99%% %.1f us; without record %.1f us, %.1f us%n",
                percentile(with, 50), percentile(with, 99), percentile(without, 50), percentile(without, 99));
        assertThat(percentile(with, 50)).isLessThan(1000);
    }

    private RunMonitor timed(EventSink sink) {
        Clock clock = Clock.systemUTC();
        return new RunMonitor(
                GRANTED,
                Asks.NOBODY,
                sink,
                new Ulid(clock),
                clock,
                "fixer",
                "r-1",
                Lineage.proc((_, _, _) -> Optional.empty()),
                broken::incrementAndGet);
    }

    private static double micros(Runnable act) {
        long start = System.nanoTime();
        act.run();
        return (System.nanoTime() - start) / 1e3;
    }

    /** Of the second half, when the code is compiled. */
    private static double percentile(double[] micros, int percent) {
        double[] warm = Arrays.copyOfRange(micros, micros.length / 2, micros.length);
        Arrays.sort(warm);
        return warm[warm.length * percent / 100];
    }

    private RunMonitor monitor(Policy policy, EventSink sink) {
        return new RunMonitor(
                policy,
                Asks.NOBODY,
                sink,
                new Ulid(CLOCK),
                CLOCK,
                "fixer",
                "r-1",
                processes::get,
                broken::incrementAndGet);
    }

    private static String exec(RunMonitor monitor, ProcessInfo before, ProcessInfo program) {
        return monitor.judge(new Attempt.Exec(program, program.exe()), before).event();
    }

    private @Nullable String causeOf(String event) {
        return events.stream()
                .filter(each -> each.id().equals(event))
                .map(each -> Optional.ofNullable(each.cause()))
                .findAny()
                .orElseThrow()
                .orElse(null);
    }

    private static ProcessInfo process(int pid, int parent, String exe, String... argv) {
        return new ProcessInfo(pid, parent, exe, List.of(argv), "/w", "dev");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws any throwable from a Policy
    private static <T extends Throwable> Decision sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
