package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.Monitor;
import dev.pawl.core.RecordFull;
import dev.pawl.core.Ulid;
import dev.pawl.server.approvals.Asks;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Decision ALLOW = Decision.allow("exec", "programs may run");
    private static final Decision DENY = Decision.deny("default", null, "not granted");

    private final List<Event> record = new ArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();
    private boolean full;
    private final Backlog backlog = new Backlog(this::take);

    private void take(List<Event> events) throws IOException {
        if (full) {
            throw new RecordFull("full");
        }
        record.addAll(events);
    }

    @Test
    void keepsWhatHasToBeRecordedInItsOrder() throws IOException {
        backlog.append(event("1", ALLOW));
        full = true;
        backlog.append(event("2", null));
        backlog.append(event("3", DENY));
        assertThatThrownBy(() -> backlog.append(event("4", ALLOW))).isInstanceOf(RecordFull.class);
        assertThat(backlog.size()).isEqualTo(2);
        assertThatThrownBy(backlog::flush).isInstanceOf(RecordFull.class);
        full = false;
        backlog.append(event("5", ALLOW));
        assertThat(record).extracting(Event::id).containsExactly("1", "2", "3", "5");
        backlog.flush();
        assertThat(record).hasSize(4);
    }

    @Test
    void doesNotGrowForEver() throws IOException {
        full = true;
        for (int i = 0; i < Backlog.MOST; i++) {
            backlog.append(event("x" + i, null));
        }
        assertThatThrownBy(() -> backlog.append(event("y", null)))
                .isNotInstanceOf(RecordFull.class)
                .hasMessageContaining("too long");
    }

    /** Denied while there is no room, recorded as denied afterwards, and allowed again: the run is never broken off. */
    @Test
    void anAttemptWithoutRoomIsDeniedAndTheRunGoesOn() {
        RunMonitor monitor = new RunMonitor(
                _ -> ALLOW,
                Asks.NOBODY,
                backlog,
                new Ulid(CLOCK),
                CLOCK,
                "fixer",
                "r-1",
                _ -> null,
                broken::incrementAndGet);
        Attempt attempt = new Attempt.Resolve("a.example", "A");
        assertThat(monitor.judge(attempt, null).decision()).isEqualTo(ALLOW);
        full = true;
        Monitor.Judged denied = monitor.judge(attempt, null);
        assertThat(denied.decision().allowed()).isFalse();
        assertThat(denied.decision().rule()).isEqualTo("record-full");
        assertThat(monitor.record(new Body.Control("freeze", "ledger", null, null), null, null, null))
                .isNotEmpty();
        full = false;
        assertThat(monitor.judge(attempt, null).decision()).isEqualTo(ALLOW);
        assertThat(record).hasSize(4).extracting(Event::id).isSorted().contains(denied.event());
        assertThat(record.get(1).body()).isEqualTo(new Body.Dns("a.example", "A", List.of(), "NXDOMAIN"));
        assertThat(broken).hasValue(0);
    }

    private static Event event(String id, @Nullable Decision decision) {
        return new Event(
                id, Instant.EPOCH, "fixer", "r-1", null, null, new Body.FileAccess("/p", "read", true), decision);
    }
}
