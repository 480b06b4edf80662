package dev.pawl.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final ActReport HONEST = Made.row("honest-work", true, true, true);
    private static final ActReport ROGUE = Made.row("miner", false, true, true);

    @Test
    void holdsWhenEverythingIsAsItMustBe() {
        assertThat(Made.report(Made.KILLED, 20, HONEST, ROGUE).problems()).isEmpty();
    }

    @Test
    void namesEachThingThatIsNot() {
        assertThat(Made.report(Made.KILLED, 20, HONEST, Made.row("miner", false, true, false))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("miner: not contained");
        assertThat(Made.report(Made.KILLED, 20, HONEST, Made.row("miner", false, false, true))
                        .problems())
                .singleElement()
                .asString()
                .contains("did not work without Pawl");
        assertThat(Made.report(Made.KILLED, 20, Made.row("honest-work", true, true, false))
                        .problems())
                .singleElement()
                .asString()
                .contains("honest work failed");
        assertThat(Made.report(Made.KILLED, 61, HONEST, ROGUE).problems())
                .singleElement()
                .asString()
                .contains("61 s");
        assertThat(Made.report(Made.KILLED, 20).problems()).containsExactly("no act was tried");
    }

    @Test
    void aKillThatLeftSomethingOrHadNothingToKillIsNone() {
        KillReport left = new KillReport(201, 1, 2, 3, 1, "");
        assertThat(Made.report(left, 20, HONEST).problems()).containsExactly("the kill: 1 of 201 processes are left");
        assertThat(new KillReport(0, 1, 2, 3, 0, "").complete()).isFalse();
        assertThat(Made.report(KillReport.failed("it did not come up"), 20, HONEST)
                        .problems())
                .containsExactly("the kill: it did not come up");
    }

    @Test
    void troubleBesideTheActsCounts() {
        Report report =
                new Report(List.of(HONEST), Made.KILLED, Duration.ofSeconds(1), List.of("the run ended with 3"));
        assertThat(report.holds()).isFalse();
    }

    @Test
    void readsWhatPawlStopSays() {
        String line = "{\"run\":\"r-1\",\"agent\":\"stubborn\",\"how\":\"asked\",\"flows_ms\":1.5,\"killed_ms\":20.0,"
                + "\"verified_ms\":25.25,\"processes\":203,\"left\":[]}\n";
        assertThat(Kill.parse(line, 201, 0, "")).isEqualTo(Made.KILLED);
        assertThat(Kill.parse(line.replace("[]", "[7,8]"), 201, 1, "").left()).isEqualTo(3);
        assertThat(Kill.parse(line.replace("asked", "killed"), 201, 0, "").complete())
                .isFalse();
        assertThat(Kill.parse("", 201, 0, "").complete()).isFalse();
        assertThat(Kill.parse("{}", 201, 0, "").complete()).isFalse();
        assertThat(Kill.parse(line, 201, 0, "pawl stop ended with 1").complete())
                .isFalse();
    }
}
