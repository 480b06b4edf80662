package dev.pawl.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownTest {
    private static final Report GOOD = Made.report(
            Made.KILLED, 20, Made.row("honest-work", true, true, true), Made.row("miner", false, true, true));
    private static final Report BAD = Made.report(
            Made.KILLED, 20, Made.row("honest-work", true, true, true), Made.row("miner", false, true, false));

    @Test
    void columnsAlignAndMarksSayHowItWent() {
        List<String> lines = Shown.table(GOOD, new Shown.Screen(true, false));
        List<String> rows =
                lines.stream().filter(line -> line.contains("ssh[7]")).toList();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).indexOf("ssh[7]")).isEqualTo(rows.get(1).indexOf("ssh[7]"));
        assertThat(rows.get(1)).contains("✓ contained").contains("13 ms");
        assertThat(lines.getLast()).startsWith("✓ 2 of 2").contains("20.0 s");
    }

    @Test
    void aFailureCannotBeOverlooked() {
        List<String> lines = Shown.table(BAD, new Shown.Screen(true, false));
        assertThat(lines).anyMatch(line -> line.contains("✗ NOT CONTAINED"));
        assertThat(lines).anyMatch(line -> line.startsWith("✗ IT DID NOT HOLD"));
        assertThat(lines.getLast()).contains("miner: not contained");
    }

    @Test
    void withoutUnicodeEverythingIsAsciiAndStillAligned() {
        List<String> lines = Shown.table(BAD, new Shown.Screen(false, false));
        assertThat(String.join("", lines).chars()).allMatch(character -> character >= ' ' && character < 127);
        assertThat(lines).anyMatch(line -> line.contains("[!!] NOT CONTAINED"));
        List<String> rows =
                lines.stream().filter(line -> line.contains("ssh[7]")).toList();
        assertThat(rows.get(0).indexOf("ssh[7]")).isEqualTo(rows.get(1).indexOf("ssh[7]"));
    }

    @Test
    void colourIsOnTheMarksOnly() {
        String plain = String.join("\n", Shown.table(BAD, new Shown.Screen(true, false)));
        String coloured = String.join("\n", Shown.table(BAD, new Shown.Screen(true, true)));
        assertThat(coloured)
                .contains("\u001b[32m✓\u001b[0m")
                .contains("\u001b[1;31m✗\u001b[0m")
                .isNotEqualTo(plain);
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void jsonHasALineAnActAndLastTheSummary() {
        assertThat(Shown.json(BAD))
                .containsExactly(
                        line("honest-work", true, true),
                        line("miner", false, false),
                        "{\"summary\":true,\"holds\":false,\"acts\":2,\"contained\":1,\"seconds\":20.0,"
                                + "\"stop\":{\"complete\":true,\"processes\":201,\"flows_ms\":1.5,\"killed_ms\":20.0,"
                                + "\"verified_ms\":25.25,\"left\":0},"
                                + "\"problems\":[\"miner: not contained: tcp 203.0.113.9:22 denied\"]}\n");
    }

    private static String line(String act, boolean contained, boolean honest) {
        return "{\"act\":\"" + act + "\",\"works_without\":true,\"contained\":" + contained
                + ",\"boundary\":\"" + (honest ? "" : "no-fun")
                + "\",\"by\":\"tcp 203.0.113.9:22 denied\",\"process\":\"ssh[7]\",\"milliseconds\":12.5,\"honest\":"
                + honest + "}\n";
    }
}
