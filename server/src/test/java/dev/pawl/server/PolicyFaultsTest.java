package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.Monitor;
import dev.pawl.core.Policy;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Ulid;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.PolicyEngine;
import dev.pawl.server.approvals.Asks;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy that fails has denied, and the event says so; the run goes on. */
class PolicyFaultsTest {
    private static final ProcessInfo BASH = new ProcessInfo(41, 40, "/bin/bash", List.of("bash"), "/w", "dev");
    private static final List<Attempt> ATTEMPTS = List.of(
            new Attempt.Exec(new ProcessInfo(41, 40, "/bin/ls", List.of("ls"), "/w", "dev"), "/bin/ls"),
            new Attempt.Resolve("a.example", "A"),
            new Attempt.Connect(
                    Attempt.Transport.TCP, Optional.of("a.example"), InetAddress.ofLiteral("198.18.0.1"), 443),
            new Attempt.Connect(Attempt.Transport.UDP, Optional.empty(), InetAddress.ofLiteral("203.0.113.9"), 53),
            new Attempt.Dial("a.example", InetAddress.ofLiteral("203.0.113.9"), 443, false),
            new Attempt.LocalConnect("/tmp/x", true),
            new Attempt.Mount(Path.of("/srv"), true));

    @TempDir
    Path directory;

    private final List<Event> events = new ArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();

    static Stream<Policy> failing() {
        return Stream.of(
                throwing(new IllegalStateException("broken")),
                throwing(new NullPointerException()),
                throwing(new OutOfMemoryError("as if")),
                throwing(new NoClassDefFoundError("dev/pawl/Gone")),
                throwing(new AssertionError("never")),
                throwing(new IllegalStateException() {
                    @Override
                    public String getMessage() {
                        throw new StackOverflowError("cannot even be told");
                    }
                }),
                PolicyFaultsTest::endless);
    }

    @ParameterizedTest
    @MethodSource("failing")
    void everyAttemptIsDeniedWithAnEvent(Policy policy) {
        RunMonitor monitor = monitor(policy);
        for (Attempt attempt : ATTEMPTS) {
            Monitor.Judged judged = monitor.judge(attempt, BASH);
            assertThat(judged.decision().allowed()).as(attempt.toString()).isFalse();
            assertThat(judged.decision().rule()).isEqualTo("policy-error");
            assertThat(judged.event()).isEqualTo(events.getLast().id());
            assertThat(events.getLast().decision()).isEqualTo(judged.decision());
        }
        assertThat(events).hasSize(ATTEMPTS.size());
        assertThat(monitor.denials()).hasSize(ATTEMPTS.size());
        assertThat(broken.get()).isZero();
    }

    @Test
    void soWithTheRealOne() throws Exception {
        Path home = directory.toRealPath();
        Path project = Files.createDirectories(home.resolve("project"));
        Surroundings surroundings =
                new Surroundings(home, home.resolve(".pawl"), project, "ada", Map.of(), home.resolve("etc"));
        RunMonitor monitor = monitor(PolicyEngine.of(BundleLoader.builtIn(surroundings)));
        assertThat(monitor.judge(ATTEMPTS.getFirst(), BASH).decision().allowed())
                .isTrue();
        Attempt noRealPath = new Attempt.Mount(Path.of("project/../x"), true);
        assertThat(monitor.judge(noRealPath, BASH).decision())
                .isEqualTo(Decision.deny(
                        "policy-error", null, "the policy failed: java.lang.IllegalArgumentException: no real path"));
        assertThat(events).hasSize(2);
    }

    private RunMonitor monitor(Policy policy) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T05:00:00Z"), ZoneOffset.UTC);
        return new RunMonitor(
                policy,
                Asks.NOBODY,
                events::addAll,
                new Ulid(clock),
                clock,
                "fixer",
                "r-1",
                _ -> null,
                broken::incrementAndGet);
    }

    private static Policy throwing(Throwable fault) {
        return _ -> {
            if (fault instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) fault;
        };
    }

    @SuppressWarnings("InfiniteRecursion") // The stack is to overflow.
    private static Decision endless(Attempt attempt) {
        Decision never = endless(attempt);
        return Decision.allow(never.rule(), never.because());
    }
}
