package dev.pawl.server.approvals;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Questions of a run that is only described. */
final class Rig implements Monitor, Backing, AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final InetAddress FIRST = InetAddress.ofLiteral("203.0.113.1");

    final Set<String> approvers = ConcurrentHashMap.newKeySet();
    final List<Body.Control> recorded = new CopyOnWriteArrayList<>();
    final LinkedBlockingQueue<Question> told = new LinkedBlockingQueue<>();
    final Approvals approvals;
    volatile boolean frozen;
    volatile boolean full;

    Rig(String agent, String run) {
        approvers.add("dana");
        Clock clock = Clock.fixed(Instant.parse("2026-11-25T04:00:00Z"), ZoneOffset.UTC);
        approvals = new Approvals(new Question.About(agent, run, "dana", "tests"), this, clock);
        approvals.attach(this, told::add);
    }

    Rig() {
        this("fixer", "r-1");
    }

    /** An attempt, with everything that may change about it. */
    static final class Attempting implements Holding {
        final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        volatile Act act;
        volatile boolean waits = true;
        volatile @Nullable Decision again = Decision.ask("network.allow[0]", "look at it");
        volatile @Nullable IOException unreadable;

        Attempting(Act act) {
            this.act = act;
        }

        @Override
        public Act act() throws IOException {
            IOException fault = unreadable;
            if (fault != null) {
                throw fault;
            }
            return act;
        }

        @Override
        public List<ProcessInfo> chain() {
            return List.of(new ProcessInfo(7, 6, "/usr/bin/bash", List.of("bash"), "/work", "dev"));
        }

        @Override
        public boolean waits() {
            return waits;
        }

        Outcome result() throws InterruptedException, ExecutionException, TimeoutException {
            return outcome.get(20, TimeUnit.SECONDS);
        }

        String rule() throws InterruptedException, ExecutionException, TimeoutException {
            return result().decision().rule();
        }
    }

    static Act.Exec exec(String... argv) {
        return new Act.Exec(
                "/usr/bin/deploy",
                "c1",
                List.of(argv),
                String.join(" ", argv),
                "/work",
                "dev",
                "e1",
                List.of(),
                Map.of());
    }

    static Act.Connect connect(String host, String... addresses) {
        List<InetAddress> to = new ArrayList<>();
        for (String address : addresses) {
            to.add(InetAddress.ofLiteral(address));
        }
        Act.Caller caller = new Act.Caller("/usr/bin/curl", "c1", List.of("curl"), "a1", "/work", "dev");
        return new Act.Connect(caller, Attempt.Transport.TCP, Optional.of(host), to, 443);
    }

    /** Tries an act. */
    Attempting tries(Act act) {
        return tries(new Attempting(act));
    }

    Attempting tries(Attempting attempting) {
        Attempt attempt = new Attempt.Connect(Attempt.Transport.TCP, Optional.of("deploy.example"), FIRST, 443);
        approvals.ask(new Ask(
                attempt,
                Decision.ask("network.allow[0]", "look at it"),
                "event-1",
                attempting,
                () -> Objects.requireNonNull(attempting.again),
                attempting::waits,
                outcome -> {
                    if (!attempting.outcome.complete(outcome)) {
                        throw new IllegalStateException("two outcomes");
                    }
                }));
        return attempting;
    }

    /** The next question that is opened. */
    Question question() throws InterruptedException {
        Question question = told.poll(20, TimeUnit.SECONDS);
        if (question == null) {
            throw new AssertionError("no question was opened");
        }
        return question;
    }

    /** Waits until an open question counts so many tries. */
    void awaitTries(int tries) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (approvals.open().isEmpty() || approvals.open().getFirst().tries() < tries) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not tried " + tries + " times: " + approvals.open());
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public Judged judge(Attempt attempt, @Nullable ProcessInfo process) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Verdict judge(Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String record(
            Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
        if (full) {
            return "";
        }
        recorded.add((Body.Control) body);
        return "control-" + recorded.size();
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public boolean mayAnswer(String user) {
        return approvers.contains(user);
    }

    @Override
    public String approvers() {
        return String.join(", ", approvers);
    }

    @Override
    public String near(Attempt attempt) {
        return "no-data-exfiltration: never Carry data away";
    }

    @Override
    public Optional<String> line(Attempt attempt) {
        return Optional.of("network:\n  allow:\n    - host: deploy.example");
    }

    @Override
    public boolean frozen() {
        return frozen;
    }

    @Override
    public boolean ending() {
        return false;
    }

    @Override
    public void close() {
        approvals.close();
    }
}
