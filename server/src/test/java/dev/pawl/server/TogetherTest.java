package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.EventSink;
import dev.pawl.core.Holding;
import dev.pawl.core.Matter;
import dev.pawl.core.Monitor;
import dev.pawl.core.Policy;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.RecordFull;
import dev.pawl.core.Ulid;
import dev.pawl.server.approvals.Ask;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What comes to a monitor together is judged and recorded as if each came alone, with one write. */
class TogetherTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T05:00:00Z"), ZoneOffset.UTC);
    private static final ProcessInfo CURL = new ProcessInfo(12, 11, "/usr/bin/curl", List.of("curl"), "/w", "dev");
    private static final Decision ALLOW = Decision.allow("g", "granted");

    private final List<List<Event>> writes = new ArrayList<>();
    private final List<Ask> asked = new ArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();

    /** Denies /no, asks about /ask, fails at /fail. */
    private static Decision decide(Attempt attempt) {
        return switch (((Attempt.Request) attempt).path()) {
            case "/no" -> Decision.deny("default", null, "not granted");
            case "/ask" -> Decision.ask("g.ask", "a person is asked");
            case "/fail" -> throw new StackOverflowError("as in a policy that fails");
            default -> ALLOW;
        };
    }

    private static final Holding HOLDING = new Holding() {
        @Override
        public Act act() {
            throw new AssertionError("nobody is asked");
        }

        @Override
        public List<ProcessInfo> chain() {
            return List.of();
        }

        @Override
        public boolean waits() {
            return true;
        }
    };

    private RunMonitor monitor(Policy policy, EventSink sink) {
        return new RunMonitor(
                policy, asked::add, sink, new Ulid(CLOCK), CLOCK, "fixer", "r-1", _ -> null, broken::incrementAndGet);
    }

    private RunMonitor monitor() {
        return monitor(TogetherTest::decide, writes::add);
    }

    private static Matter get(String path) {
        return new Matter.Tried(new Attempt.Request("a.example", 443, "GET", path), CURL, "c-" + path, HOLDING);
    }

    private static Matter answered(String path) {
        Body body = new Body.Http("f", "GET", "a.example", 443, path, 200, 0, 5);
        return new Matter.Happened(body, CURL, "e" + path, null);
    }

    private static Monitor.Judged judged(Matter.Outcome outcome) {
        return ((Matter.Outcome.Judged) outcome).verdict().now();
    }

    private List<Event> events() {
        return writes.stream().flatMap(List::stream).toList();
    }

    private static String path(Event event) {
        return ((Body.Http) event.body()).path();
    }

    @Test
    void itIsOneWriteInTheOrderItCame() {
        RunMonitor monitor = monitor();
        List<Matter.Outcome> outcomes = monitor.all(List.of(get("/a"), answered("/b"), get("/no"), get("/c")));
        assertThat(writes).hasSize(1);
        List<Event> events = writes.getFirst();
        assertThat(events).extracting(TogetherTest::path).containsExactly("/a", "/b", "/no", "/c");
        assertThat(events).extracting(Event::id).isSorted().doesNotHaveDuplicates();
        assertThat(events).extracting(Event::cause).containsExactly("c-/a", "e/b", "c-/no", "c-/c");
        assertThat(judged(outcomes.get(0)))
                .isEqualTo(new Monitor.Judged(ALLOW, events.get(0).id()));
        assertThat(outcomes.get(1))
                .isEqualTo(new Matter.Outcome.Recorded(events.get(1).id()));
        assertThat(judged(outcomes.get(2)).decision().rule()).isEqualTo("default");
        assertThat(judged(outcomes.get(3)).event()).isEqualTo(events.get(3).id());
        assertThat(monitor.denials()).hasSize(1);
        assertThat(monitor.denials().getFirst().firstEvent())
                .isEqualTo(events.get(2).id());
    }

    @Test
    void eachEventIsWhatItWouldBeAlone() {
        List<Event> alone = new ArrayList<>();
        RunMonitor one = monitor(TogetherTest::decide, alone::addAll);
        for (String path : List.of("/a", "/no", "/fail")) {
            one.judge(new Attempt.Request("a.example", 443, "GET", path), CURL, "c-" + path, HOLDING);
        }
        monitor().all(List.of(get("/a"), get("/no"), get("/fail")));
        assertThat(events())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
                .isEqualTo(alone);
    }

    @Test
    void theyAreOnRecordWhenItReturnsAndNotAllowedWhereTheyAreNot() {
        RunMonitor monitor = monitor(TogetherTest::decide, _ -> {
            throw new IOException("the disk is gone");
        });
        for (int i = 0; i < 2; i++) {
            for (Matter.Outcome outcome : monitor.all(List.of(get("/a"), get("/b")))) {
                assertThat(judged(outcome).decision().rule()).isEqualTo("record-failed");
                assertThat(judged(outcome).event()).isEmpty();
            }
        }
        assertThat(monitor.all(List.of(answered("/a"), answered("/b")))).containsOnly(new Matter.Outcome.Recorded(""));
        assertThat(broken).hasValue(1);
    }

    @Test
    void whereThereIsNoRoomForAllEachIsTriedByItself() {
        Backlog backlog = new Backlog(events -> {
            if (events.stream()
                    .anyMatch(event ->
                            event.decision() != null && event.decision().allowed())) {
                throw new RecordFull("nearly full");
            }
            writes.add(events);
        });
        List<Matter.Outcome> outcomes =
                monitor(TogetherTest::decide, backlog).all(List.of(get("/a"), answered("/b"), get("/no")));
        assertThat(judged(outcomes.get(0)).decision().rule()).isEqualTo("record-full");
        assertThat(judged(outcomes.get(2)).decision().rule()).isEqualTo("default");
        assertThat(events()).extracting(TogetherTest::path).containsExactly("/a", "/b", "/no");
        assertThat(events()).extracting(Event::id).isSorted();
        assertThat(broken).hasValue(0);
    }

    @Test
    void anAttemptThePolicyFailsAtIsDeniedAndTheOthersAreNot() {
        List<Matter.Outcome> outcomes = monitor().all(List.of(get("/a"), get("/fail"), get("/b")));
        assertThat(outcomes)
                .extracting(outcome -> judged(outcome).decision().rule())
                .containsExactly("g", "policy-error", "g");
        assertThat(broken).hasValue(0);
    }

    @Test
    void aPersonIsAskedBetweenWhatCameBeforeAndWhatCameAfter() {
        List<Matter.Outcome> outcomes = monitor().all(List.of(get("/a"), get("/b"), get("/ask"), get("/c"), get("/d")));
        assertThat(writes).extracting(List::size).containsExactly(2, 1, 2);
        assertThat(events()).extracting(TogetherTest::path).containsExactly("/a", "/b", "/ask", "/c", "/d");
        assertThat(asked).hasSize(1);
        Monitor.Verdict held = ((Matter.Outcome.Judged) outcomes.get(2)).verdict();
        assertThat(held.answer()).isPresent();
        assertThat(held.now().event()).isEqualTo(events().get(2).id());
        assertThat(judged(outcomes.get(4)).decision()).isEqualTo(ALLOW);
    }

    @Test
    void thePolicyIsLookedAtOnceAfterAllOfItCame() {
        AtomicInteger looks = new AtomicInteger();
        Policy policy = new Policy() {
            @Override
            public Decision decide(Attempt attempt) {
                throw new AssertionError("one look is enough");
            }

            @Override
            public Policy now() {
                int edits = looks.incrementAndGet();
                return attempt -> edits == 1 ? ALLOW : Decision.deny("default", null, "no longer granted");
            }
        };
        RunMonitor monitor = monitor(policy, writes::add);
        assertThat(monitor.all(List.of(get("/a"), get("/b"))))
                .allMatch(outcome -> judged(outcome).decision().allowed());
        assertThat(monitor.all(List.of(get("/a"), get("/b"))))
                .noneMatch(outcome -> judged(outcome).decision().allowed());
        assertThat(looks).hasValue(2);
    }

    @Test
    void aPolicyThatCannotBeLookedAtDenies() {
        Policy policy = new Policy() {
            @Override
            public Decision decide(Attempt attempt) {
                return ALLOW;
            }

            @Override
            public Policy now() {
                throw new IllegalStateException("odd");
            }
        };
        List<Matter.Outcome> outcomes = monitor(policy, writes::add).all(List.of(get("/a"), get("/b")));
        assertThat(outcomes)
                .extracting(outcome -> judged(outcome).decision().rule())
                .containsExactly("policy-error", "policy-error");
        assertThat(writes).hasSize(1);
    }

    /** What led to it is derived from what is on record, so nothing before it may wait. */
    @Test
    void whatHasNoKnownCauseIsWrittenAlone() {
        RunMonitor monitor = monitor();
        Matter start = new Matter.Happened(new Body.Control("start", "dev", null, null), null, null, null);
        Matter file = new Matter.Happened(new Body.FileAccess("/x", "read", true), null, null, null);
        monitor.all(List.of(answered("/a"), start, file, answered("/b")));
        assertThat(writes).extracting(List::size).containsExactly(1, 1, 1, 1);
        assertThat(events().get(2).cause()).isEqualTo(events().get(1).id());
    }
}
