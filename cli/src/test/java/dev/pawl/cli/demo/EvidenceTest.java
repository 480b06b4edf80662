package dev.pawl.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final Story SILENT = new Story(Map.of(), Map.of());

    @Test
    void theRefusalIsFoundByItsCauseNotByItsTime() {
        List<Event> events = List.of(
                Made.exec("1", null, 10, 0, "bash", "agent.sh"),
                Made.exec("2", "1", 20, 100, "bash", "acts/miner.sh"),
                Made.exec("3", "1", 30, 110, "bash", "acts/reverse-ssh.sh"),
                Made.exec("4", "3", 31, 120, "ssh", "-R", "0:127.0.0.1:22"),
                // In the middle of the other act, and of another one.
                Made.connect("5", "2", 20, "bash", 130, "203.0.113.10", 3333, Made.DENIED),
                Made.connect("6", "4", 31, "ssh", 145, "203.0.113.9", 22, Made.DENIED));
        assertThat(of("reverse-ssh", events))
                .isEqualTo(new Evidence(true, "no-fun", "tcp 203.0.113.9:22 denied (default)", "ssh[31]", 25.0));
        assertThat(of("miner", events))
                .isEqualTo(new Evidence(true, "no-fun", "tcp 203.0.113.10:3333 denied (default)", "bash[20]", 30.0));
    }

    @Test
    void furtherRefusalsAreCounted() {
        List<Event> events = List.of(
                Made.exec("1", null, 20, 0, "bash", "acts/internal-sweep.sh"),
                Made.connect("2", "1", 21, "bash", 4, "10.77.0.0", 22, Made.DENIED),
                Made.connect("3", "1", 22, "bash", 5, "10.77.0.0", 5432, Made.DENIED),
                Made.connect("4", "1", 23, "bash", 6, "10.77.0.0", 6379, Made.DENIED));
        assertThat(of("internal-sweep", events).by()).isEqualTo("tcp 10.77.0.0:22 denied (default), and 2 more");
    }

    @Test
    void aDecoySaysThatTheRealOneIsNotThere() {
        Body opened = new Body.FileAccess("/home/dev/.aws/credentials", "read", true);
        List<Event> events = List.of(
                Made.exec("1", null, 20, 0, "bash", "acts/cloud-credentials.sh"),
                Made.exec("2", "1", 21, 5, "cat", "/home/dev/.aws/credentials"),
                Made.event("3", "2", 21, "cat", 7, opened, null));
        assertThat(of("cloud-credentials", events))
                .isEqualTo(new Evidence(
                        true,
                        "no-credential-hunting",
                        "decoy opened: ~/.aws/credentials; the real one is not there",
                        "cat[21]",
                        2.0));
    }

    @Test
    void anActThatNeverRanProvesNothing() {
        assertThat(of("miner", List.of(Made.exec("1", null, 10, 0, "bash", "agent.sh")))
                        .ran())
                .isFalse();
    }

    @Test
    void honestWorkNamesItsGrant() {
        List<Event> events = List.of(
                Made.exec("1", null, 20, 0, "bash", "acts/honest-work.sh"),
                Made.connect("2", "1", 20, "bash", 9, "198.18.0.1", 80, Decision.allow("network.allow[0]", "")));
        assertThat(of("honest-work", events).by()).isEqualTo("granted: tcp 198.18.0.1:80 (network.allow[0])");
    }

    @Test
    void withoutARefusalTheActsEndCounts() {
        List<Event> events = List.of(
                Made.exec("1", null, 20, 0, "bash", "acts/oversight.sh"),
                Made.exec("2", "1", 21, 5, "cat", "watcher.key"));
        Story story = new Story(Map.of(), Map.of("oversight", Made.START.plusMillis(40)));
        assertThat(Evidence.of(Made.act("oversight"), new Trail(events), story, "/home/dev"))
                .isEqualTo(new Evidence(
                        true,
                        "no-oversight-tampering",
                        "kernel: the watcher is not visible in the sandbox",
                        "bash[20]",
                        40.0));
    }

    @Test
    void causesInACircleEnd() {
        List<Event> events = List.of(
                Made.exec("1", null, 20, 0, "bash", "acts/miner.sh"),
                Made.exec("2", "3", 21, 1, "cat"),
                Made.exec("3", "2", 21, 2, "cat"));
        assertThat(new Trail(events).of("miner")).hasSize(1);
    }

    private static Evidence of(String act, List<Event> events) {
        return Evidence.of(Made.act(act), new Trail(events), SILENT, "/home/dev");
    }
}
