package dev.pawl.server.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.approvals.Rig.Attempting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One agent that asks too much. */
class FloodTest {
    @Test
    void tenThousandQuestionsLeaveAFewOpenAndNoneUndecided() throws Exception {
        try (Rig rig = new Rig()) {
            List<Attempting> all = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                all.add(rig.tries(Rig.exec("deploy", String.valueOf(i))));
            }
            Map<String, Integer> rules = new HashMap<>();
            while (rig.told.size() < Board.MAX_NEW_A_MINUTE) {
                Thread.onSpinWait();
            }
            rig.approvals.stop();
            for (Attempting attempt : all) {
                rules.merge(attempt.rule(), 1, Integer::sum);
            }
            assertThat(rig.told).hasSize(Board.MAX_NEW_A_MINUTE);
            assertThat(rules).containsOnlyKeys("ask.limit", "ask.stopped");
            assertThat(rules.get("ask.limit")).isGreaterThan(8_000);
        }
    }

    @Test
    void noMoreThanSixtyFourAreOpenHoweverSlowlyTheyCome() throws Exception {
        try (Rig rig = new Rig()) {
            int denied = 0;
            for (int i = 0; i < 100; i++) {
                Attempting attempt = rig.tries(Rig.exec("deploy", String.valueOf(i)));
                while (rig.told.isEmpty() && !attempt.outcome.isDone()) {
                    Thread.onSpinWait();
                }
                if (rig.told.poll() == null) {
                    assertThat(attempt.rule()).isEqualTo("ask.limit");
                    denied++;
                }
                rig.approvals.pass(Duration.ofSeconds(4));
            }
            assertThat(rig.approvals.open()).hasSizeLessThanOrEqualTo(Board.MAX_OPEN);
            assertThat(denied).isPositive();
        }
    }

    @Test
    void theSameQuestionTenThousandTimesIsOneQuestion() throws Exception {
        try (Rig rig = new Rig()) {
            List<Attempting> all = new ArrayList<>();
            for (int i = 0; i < Board.MAX_WAITING; i++) {
                all.add(rig.tries(Rig.exec("deploy")));
            }
            rig.awaitTries(Board.MAX_WAITING);
            for (int i = 0; i < 9_000; i++) {
                assertThat(rig.tries(Rig.exec("deploy")).rule()).isEqualTo("ask.limit");
            }
            assertThat(rig.approvals.open()).hasSize(1);
            rig.approvals.approve(rig.question().id(), "dana", Scope.RUN);
            for (Attempting attempt : all) {
                assertThat(attempt.rule()).isEqualTo("approved.run");
            }
            assertThat(rig.tries(Rig.exec("deploy")).rule()).isEqualTo("approved.run");
        }
    }
}
