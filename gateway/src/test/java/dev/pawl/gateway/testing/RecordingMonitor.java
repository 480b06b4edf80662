package dev.pawl.gateway.testing;

import dev.pawl.core.Answer;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides names by the charter's host grants and keeps every event. Thread-safe. */
public final class RecordingMonitor implements Monitor {
    private final Charter charter;
    private final BlockingQueue<Asked> questions = new LinkedBlockingQueue<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private volatile boolean full;

    /** One event. */
    public record Entry(
            String id,
            Body body,
            @Nullable ProcessInfo process,
            @Nullable String cause,
            @Nullable Decision decision) {}

    /** A question to a person. */
    public record Asked(
            Attempt attempt, Holding holding, CompletableFuture<Decision> answer, CompletableFuture<Boolean> givenUp) {
        /** What it is about, where something would leave. */
        public Attempt.Leak leak() {
            return (Attempt.Leak) attempt;
        }

        public void yes() {
            answer.complete(Decision.allow("approved.once", "she said yes"));
        }

        public void no() {
            answer.complete(Decision.deny("refused", null, "she said no"));
        }
    }

    public RecordingMonitor(Charter charter) {
        this.charter = charter;
    }

    /** From now on, requests for paths that begin so are denied. */
    public void refuse(String prefix) {
        refused.add(prefix);
    }

    /** From now on nothing can be recorded. */
    public void fillUp() {
        full = true;
    }

    @Override
    public Judged judge(Attempt attempt, @Nullable ProcessInfo process) {
        if (!(attempt instanceof Attempt.Resolve(String name, String type))) {
            throw new IllegalArgumentException("the gateway judges names only: " + attempt);
        }
        Decision decision = charter.network().allow().stream()
                .filter(grant -> grant.covers(name))
                .findFirst()
                .map(grant -> Decision.allow(grant.id(), "granted"))
                .orElseGet(() -> Decision.deny("default", "no-covert-channels", name + " is not granted"));
        String code = decision.allowed() ? "NOERROR" : "NXDOMAIN";
        return new Judged(decision, record(new Body.Dns(name, type, List.of(), code), process, null, decision));
    }

    @Override
    public Verdict judge(Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding) {
        if (attempt instanceof Attempt.Leak || attempt instanceof Attempt.Spend) {
            return hold(attempt, process, holding);
        }
        if (!(attempt instanceof Attempt.Request(String host, int port, String method, String path))) {
            throw new IllegalArgumentException("the gateway holds requests only: " + attempt);
        }
        Decision decision = refused.stream().anyMatch(path::startsWith)
                ? Decision.deny("default", null, "not granted")
                : Decision.allow("test", "any request");
        String event = record(new Body.Http(null, method, host, port, path, null, 0, 0), process, cause, decision);
        return new Verdict(new Judged(decision, event), Optional.empty());
    }

    private Verdict hold(Attempt held, ProcessInfo process, Holding holding) {
        Decision ask = Decision.ask(held instanceof Attempt.Spend ? "test.spend" : "test.leaks", "a person is asked");
        Asked question = new Asked(held, holding, new CompletableFuture<>(), new CompletableFuture<>());
        Judged now = new Judged(ask, record(body(held), process, null, ask));
        questions.add(question);
        return new Verdict(now, Optional.of(new Answer() {
            @Override
            public void then(Consumer<Judged> carryOut) {
                var _ = question.answer.thenAccept(decision ->
                        carryOut.accept(new Judged(decision, record(body(held), process, now.event(), decision))));
            }

            @Override
            public void giveUp() {
                question.givenUp.complete(true);
            }
        }));
    }

    private static Body body(Attempt attempt) {
        if (attempt instanceof Attempt.Spend spend) {
            return new Body.Spend(
                    spend.provider(),
                    spend.operation(),
                    spend.change(),
                    spend.request().method(),
                    spend.request().host(),
                    spend.request().port(),
                    spend.request().path(),
                    spend.price().orElse(null));
        }
        Attempt.Leak leak = (Attempt.Leak) attempt;
        Attempt.Request request = leak.request();
        return new Body.Http(
                null,
                request.method(),
                request.host(),
                request.port(),
                request.path(),
                null,
                0,
                0,
                new Body.Http.Leak(leak.kind(), leak.place()));
    }

    /** The next question about what a request carries out; waits up to 10 seconds. */
    public Asked question() throws InterruptedException {
        Asked asked = questions.poll(10, TimeUnit.SECONDS);
        if (asked == null) {
            throw new AssertionError("nobody was asked; events: " + entries());
        }
        return asked;
    }

    @Override
    public synchronized String record(
            Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
        if (full) {
            return "";
        }
        String id = "event-" + entries.size();
        entries.add(new Entry(id, body, process, cause, decision));
        notifyAll();
        return id;
    }

    /** Events so far. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Events of one kind of body, in order. */
    public <B extends Body> List<B> bodies(Class<B> kind) {
        return entries().stream()
                .map(Entry::body)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Waits up to 10 seconds for an event. */
    public synchronized Entry await(Predicate<Entry> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            for (Entry entry : entries) {
                if (wanted.test(entry)) {
                    return entry;
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no such event among " + entries);
            }
            wait(left);
        }
    }

    /** Waits for the totals of a closed flow. */
    public Entry closedFlow() throws InterruptedException {
        return await(entry -> entry.body() instanceof Body.Flow flow && flow.closed() != null);
    }
}
