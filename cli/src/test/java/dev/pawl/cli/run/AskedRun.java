package dev.pawl.cli.run;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.server.approvals.Approvals;
import dev.pawl.server.approvals.Ask;
import dev.pawl.server.approvals.Backing;
import dev.pawl.server.approvals.Question;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Real questions of a run that is only described; each act is a program without arguments. */
final class AskedRun implements Monitor, Backing {
    static final String HOLDER = "dana";
    private static final Decision ASK = Decision.ask("commands[0]", "look at it");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T04:00:00Z"), ZoneOffset.UTC);

    final Approvals approvals =
            new Approvals(new Question.About("fixer", "r-1", HOLDER, "to be asked about"), this, CLOCK);
    final List<Body.Control> recorded = new CopyOnWriteArrayList<>();
    private final Map<String, Decision> outcomes = new ConcurrentHashMap<>();
    volatile String approver = HOLDER;
    volatile boolean frozen;
    volatile boolean ending;

    void start(Consumer<Question> told) {
        approvals.attach(this, told);
    }

    /** Tries to run a program, and waits until that is asked about. */
    Question ask(String file) {
        ProcessInfo process = new ProcessInfo(7, 6, "/usr/bin/bash", List.of("bash"), "/work", "dev");
        Act act = new Act.Exec(file, "c1", List.of(file), "a1", "/work", "dev", "e1", List.of(), Map.of());
        Holding holding = new Holding() {
            @Override
            public Act act() {
                return act;
            }

            @Override
            public List<ProcessInfo> chain() {
                return List.of(process);
            }

            @Override
            public boolean waits() {
                return true;
            }
        };
        approvals.ask(new Ask(
                new Attempt.Exec(process, file),
                ASK,
                "event-1",
                holding,
                () -> ASK,
                () -> true,
                outcome -> outcomes.put(file, outcome.decision())));
        until(() -> find(file).isPresent());
        return find(file).orElseThrow();
    }

    private Optional<Question> find(String file) {
        return approvals.open().stream()
                .map(Question.Open::question)
                .filter(question ->
                        question.act() instanceof Act.Exec exec && exec.file().equals(file))
                .findFirst();
    }

    void awaitAllowed(String file) {
        until(() -> outcomes.containsKey(file) && outcomes.get(file).allowed());
    }

    void awaitDenied(String file) {
        until(() -> outcomes.containsKey(file) && !outcomes.get(file).allowed());
    }

    /** Waits, but not for ever. */
    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still not so after 20 s");
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
        recorded.add((Body.Control) body);
        return "control-" + recorded.size();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(5);
    }

    @Override
    public boolean mayAnswer(String user) {
        return user.equals(approver) || user.equals("root");
    }

    @Override
    public String approvers() {
        return approver;
    }

    @Override
    public String near(Attempt attempt) {
        return "";
    }

    @Override
    public Optional<String> line(Attempt attempt) {
        return Optional.of("commands:\n  - program: one");
    }

    @Override
    public boolean frozen() {
        return frozen;
    }

    @Override
    public boolean ending() {
        return ending;
    }
}
