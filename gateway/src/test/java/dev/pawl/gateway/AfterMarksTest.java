package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Matter;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AfterMarksTest {
    private static final ProcessInfo CURL = new ProcessInfo(12, 11, "/usr/bin/curl", List.of("curl"), "/w", "dev");

    private final List<String> seen = new ArrayList<>();

    private final Monitor monitor = new Monitor() {
        @Override
        public Judged judge(Attempt attempt, @Nullable ProcessInfo process) {
            seen.add("judged");
            return new Judged(Decision.allow("g", "granted"), "e");
        }

        @Override
        public Verdict judge(Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding) {
            return new Verdict(judge(attempt, process), Optional.empty());
        }

        @Override
        public String record(
                Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
            seen.add("recorded");
            return "e";
        }
    };

    private final Matter happened = new Matter.Happened(new Body.FileAccess("/x", "read", true), null, "c", null);

    private static Matter tried() {
        return new Matter.Tried(new Attempt.Request("a.example", 443, "GET", "/"), CURL, "c", new Nobody());
    }

    private static final class Nobody implements Holding {
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
    }

    @Test
    void whatIsTriedWaitsForTheMarksAndWhatHappenedAloneDoesNot() {
        Monitor after = new AfterMarks(monitor, () -> seen.add("known"));
        after.all(List.of(happened));
        after.all(List.of(happened, tried(), tried()));
        assertThat(seen).containsExactly("recorded", "known", "recorded", "judged", "judged");
    }

    @Test
    void withoutMarksNothingIsJudgedAndWhatHappenedIsRecorded() {
        Monitor after = new AfterMarks(monitor, () -> {
            throw new IllegalStateException("not known yet");
        });
        List<Matter.Outcome> outcomes = after.all(List.of(tried(), happened, tried()));
        assertThat(seen).containsExactly("recorded");
        assertThat(outcomes.get(0)).isInstanceOf(Matter.Outcome.Failed.class);
        assertThat(outcomes.get(1)).isEqualTo(new Matter.Outcome.Recorded("e"));
        assertThat(outcomes.get(2)).isInstanceOf(Matter.Outcome.Failed.class);
    }
}
