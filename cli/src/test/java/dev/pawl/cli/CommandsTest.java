package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.StandardBoundaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    Path directory;

    @Test
    void psListsLiveRuns() throws IOException {
        try (Stage stage = new Stage(directory)) {
            assertThat(stage.run("ps")).isZero();
            assertThat(stage.out.toString()).isEqualTo("no live runs\n");
            stage.serve(stage.run("r-aaaaaaaa", "fixer", true));
            stage.run("r-bbbbbbbb", "other", false);
            assertThat(stage.run("ps")).isZero();
            assertThat(stage.out.toString().lines())
                    .containsExactly(
                            "RUN         AGENT  STATE    OWNER  STARTED        PROCESSES",
                            "r-aaaaaaaa  fixer  running  Ada    1 min 5 s ago  4");
            assertThat(stage.run("ps", "--all", "--json")).isZero();
            assertThat(stage.out.toString().lines())
                    .containsExactly(
                            "{\"run\":\"r-aaaaaaaa\",\"agent\":\"fixer\",\"state\":\"running\",\"owner\":\"Ada\","
                                    + "\"started\":\"2026-11-22T05:00:00Z\",\"processes\":4}",
                            "{\"run\":\"r-bbbbbbbb\",\"agent\":\"other\",\"state\":\"lost\",\"owner\":\"Ada\","
                                    + "\"started\":\"2026-11-22T05:00:00Z\",\"processes\":0}");
        }
    }

    @Test
    void stopPrintsTheThreeTimes() throws IOException {
        try (Stage stage = new Stage(directory)) {
            stage.serve(stage.run("r-aaaaaaaa", "fixer", true));
            stage.serve(stage.run("r-bbbbbbbb", "fixer", true));
            assertThat(stage.run("stop", "fixer")).isZero();
            assertThat(stage.out.toString().lines())
                    .containsExactly(
                            "r-aaaaaaaa (fixer) stopped: flows closed after 1.5 ms, 4 processes gone after 22 ms,"
                                    + " verified after 33 ms",
                            "r-bbbbbbbb (fixer) stopped: flows closed after 1.5 ms, 4 processes gone after 22 ms,"
                                    + " verified after 33 ms");
            assertThat(stage.run("stop", "r-aaaaaaaa")).isZero();
            assertThat(stage.out.toString()).contains("had ended already");
        }
    }

    @Test
    void stopAllStopsEveryLiveRun() throws IOException {
        try (Stage stage = new Stage(directory)) {
            FakeRun one = stage.serve(stage.run("r-aaaaaaaa", "one", true));
            FakeRun two = stage.serve(stage.run("r-bbbbbbbb", "two", true));
            assertThat(stage.run("stop", "--all", "--json")).isZero();
            assertThat(stage.out.toString().lines())
                    .hasSize(2)
                    .first()
                    .isEqualTo("{\"run\":\"r-aaaaaaaa\",\"agent\":\"one\",\"how\":\"asked\",\"flows_ms\":1.5,"
                            + "\"killed_ms\":22.4,\"verified_ms\":33.4,\"processes\":4,\"left\":[]}");
            assertThat(one.state).isEqualTo("ended");
            assertThat(two.state).isEqualTo("ended");
        }
    }

    @Test
    void anOrderForNobodyNamesTheRunsThereAre() throws IOException {
        try (Stage stage = new Stage(directory)) {
            stage.run("r-bbbbbbbb", "other", false);
            for (String order : List.of("stop", "freeze", "resume")) {
                assertThat(stage.run(order, "nobody")).isEqualTo(1);
                assertThat(stage.err.toString()).contains("nobody", "r-bbbbbbbb (other, lost)");
                assertThat(stage.run(order)).isEqualTo(1);
                assertThat(stage.run(order, "--all", "nobody")).isEqualTo(1);
                assertThat(stage.run(order, "--all")).isEqualTo(1);
                assertThat(stage.err.toString()).contains("no run is live");
            }
        }
    }

    @Test
    void freezeAndResumeSayHow() throws IOException {
        try (Stage stage = new Stage(directory)) {
            FakeRun run = stage.serve(stage.run("r-aaaaaaaa", "fixer", true));
            assertThat(stage.run("freeze", "r-aaa")).isZero();
            assertThat(stage.out.toString()).isEqualTo("r-aaaaaaaa (fixer) frozen in 0.5 ms: 4 processes by signals\n");
            assertThat(run.state).isEqualTo("frozen");
            assertThat(stage.run("resume", "--all")).isZero();
            assertThat(stage.out.toString()).contains("resumed in 0.3 ms: 4 processes by cgroup");
            assertThat(run.state).isEqualTo("running");
        }
    }

    @Test
    void eventsAreFilteredAndHarmless() throws IOException {
        try (Stage stage = new Stage(directory)) {
            stage.run("r-aaaaaaaa", "fixer", false);
            record(stage);
            assertThat(stage.run("events")).isZero();
            assertThat(stage.out.toString().lines())
                    .hasSize(4)
                    .last()
                    .isEqualTo("2026-11-22 05:00:00.000  r-aaaaaaaa  connect  deny   tcp 203.0.113.9:22"
                            + "  by ssh[41]  (default)");
            assertThat(stage.out.toString()).contains("\\x1b[2J").doesNotContain("\u001b");
            assertThat(stage.run("events", "--kind", "exec", "--run", "r-aa")).isZero();
            assertThat(stage.out.toString().lines()).hasSize(1);
            assertThat(stage.run("events", "--agent", "other")).isZero();
            assertThat(stage.out.toString()).isEmpty();
            assertThat(stage.run("events", "--denied", "--json")).isZero();
            assertThat(stage.out.toString().lines())
                    .hasSize(1)
                    .allMatch(line -> EventJson.decode(line.getBytes(UTF_8)) instanceof EventJson.Decoded);
            assertThat(stage.run("events", "--run", "r-zz")).isEqualTo(1);
        }
    }

    @Test
    void followEndsWithTheRun() throws Exception {
        try (Stage stage = new Stage(directory)) {
            stage.run("r-aaaaaaaa", "fixer", true);
            try (Ledger events = Ledger.open(stage.home.root())) {
                events.append(control("01A", null, "start"));
                Thread following = Thread.ofPlatform().start(() -> stage.run("events", "--follow", "--json"));
                long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (!stage.out.toString().contains("start") && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
                assertThat(following.isAlive()).isTrue();
                events.append(control("01B", "01A", "end"));
                assertThat(following.join(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(stage.out.toString().lines()).hasSize(2);
        }
    }

    @Test
    void explainShowsTheChainAndTheCharter() throws IOException {
        try (Stage stage = new Stage(directory)) {
            stage.run("r-aaaaaaaa", "fixer", false);
            record(stage);
            assertThat(stage.run("explain", "01D")).isZero();
            assertThat(stage.out.toString().lines().map(String::stripTrailing))
                    .containsExactly(
                            "run r-aaaaaaaa of fixer, owner Ada, charter built-in",
                            "",
                            "ssh[41] tried to connect: tcp 203.0.113.9:22, at 2026-11-22 05:00:00.000 UTC.",
                            "Denied by policy: not granted (rule default, boundary no-covert-channels).",
                            covert(),
                            "To allow it, add to the charter: network.addresses: [{cidr: \"203.0.113.9\", port: 22}]",
                            "How the run came to it: run start > ssh \\x1b[2J > connect tcp 203.0.113.9:22.",
                            "What came of it: nothing that is recorded.",
                            "",
                            "01A  control  start by dev",
                            "   process   ssh[41] /usr/bin/ssh: ssh -R \\x1b[2J  in /w as dev, child of 40",
                            "└─ 01B  exec  /usr/bin/ssh: ssh \\x1b[2J",
                            "      process   ssh[41] /usr/bin/ssh: ssh -R \\x1b[2J  in /w as dev, child of 40",
                            "      decision  allow by policy, rule network.allow[0]",
                            "      because   granted",
                            "      charter   line 4: - host: a.example",
                            "   └─ 01D  connect  tcp 203.0.113.9:22",
                            "         process   ssh[41] /usr/bin/ssh: ssh -R \\x1b[2J  in /w as dev, child of 40",
                            "         decision  deny by policy, rule default, boundary no-covert-channels",
                            "         because   not granted");
            assertThat(stage.run("explain", "01D", "--json")).isZero();
            List<String> json = stage.out.toString().lines().toList();
            assertThat(json).hasSize(4);
            assertThat(json.subList(0, 3))
                    .allMatch(line -> EventJson.decode(line.getBytes(UTF_8)) instanceof EventJson.Decoded);
            assertThat(json.getLast())
                    .startsWith("{\"explained\":\"01D\",\"chain\":[\"01A\",\"01B\",\"01D\"],\"after\":[],\"beyond\":0,")
                    .contains("\"remedy\":\"grant: network.addresses:");
            assertThat(stage.run("explain")).as("the last denial").isZero();
            assertThat(stage.out.toString()).contains("ssh[41] tried to connect: tcp 203.0.113.9:22");
            assertThat(stage.run("explain", "01B")).isZero();
            assertThat(stage.out.toString())
                    .contains("Allowed by policy: granted (rule network.allow[0]).")
                    .contains("That rule is the charter's line 4: - host: a.example")
                    .contains("What came of it: 2 events");
            assertThat(stage.run("explain", "01")).isEqualTo(1);
            assertThat(stage.err.toString()).contains("several events", "01A");
            assertThat(stage.run("explain", "02")).isEqualTo(1);
            assertThat(stage.err.toString()).contains("no event begins with 02");
        }
    }

    private static String covert() {
        return StandardBoundaries.all().stream()
                .filter(boundary -> boundary.id().equals("no-covert-channels"))
                .map(boundary -> "The boundary no-covert-channels: never "
                        + boundary.never().substring(0, 1).toLowerCase(Locale.ROOT)
                        + boundary.never().substring(1) + ". Because: " + boundary.because())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theLedgerIsProvenAndVerified() throws IOException {
        try (Stage stage = new Stage(directory)) {
            stage.run("r-aaaaaaaa", "fixer", false);
            record(stage);
            assertThat(stage.run("ledger", "key")).isZero();
            String key = stage.out.toString().strip();
            assertThat(stage.run("ledger", "checkpoint")).isZero();
            assertThat(stage.out.toString().lines()).hasSize(5).element(1).isEqualTo("4");
            Path older = Files.writeString(directory.resolve("older"), stage.out.toString());
            assertThat(stage.run("ledger", "verify", "--key", key, "--older", older.toString()))
                    .isZero();
            assertThat(stage.out.toString()).startsWith("sound: 4 entries");

            assertThat(stage.run("ledger", "prove", "01D")).isZero();
            Path proof = Files.writeString(directory.resolve("proof"), stage.out.toString());
            assertThat(stage.run("ledger", "verify", "--key", key, proof.toString()))
                    .isZero();
            assertThat(stage.out.toString()).contains("\"id\":\"01D\"", "sound: entry 3 of 4");
            assertThat(stage.run("ledger", "prove", "01")).isEqualTo(1);
            assertThat(stage.run("ledger", "prove", "02")).isEqualTo(1);

            assertThat(stage.run("ledger", "verify")).isEqualTo(2);
            Path journal = Ledger.directory(stage.home.root()).resolve("tile/entries/000.p/4");
            byte[] bytes = Files.readAllBytes(journal);
            bytes[bytes.length - 9] ^= 1;
            Files.write(journal, bytes);
            assertThat(stage.run("ledger", "verify", "--key", key)).isEqualTo(1);
            assertThat(stage.out.toString()).isEqualTo("broken: tile/entries/000.p/4, entry 3: was changed\n");
        }
    }

    @Test
    void twoCheckpointsAreCompared() throws IOException {
        try (Stage stage = new Stage(directory);
                Stage fork = new Stage(Files.createDirectory(directory.resolve("fork")))) {
            record(stage);
            String key = said(stage, "ledger", "key").strip();
            Files.copy(stage.home.root().resolve("ledger.key"), fork.home.root().resolve("ledger.key"));
            Path older = Files.writeString(directory.resolve("older"), said(stage, "ledger", "checkpoint"));
            try (Ledger events = Ledger.open(stage.home.root())) {
                for (int i = 0; i < 300; i++) {
                    events.append(control("02" + i, null, "resume"));
                }
            }
            Path newer = Files.writeString(directory.resolve("newer"), said(stage, "ledger", "checkpoint"));
            try (Ledger events = Ledger.open(fork.home.root())) {
                for (int i = 0; i < 5; i++) {
                    events.append(control("03" + i, null, "stop"));
                }
            }
            Path forked = Files.writeString(directory.resolve("forked"), said(fork, "ledger", "checkpoint"));
            assertThat(between(stage, key, older, newer)).startsWith("0 sound: the log of 4 entries is the beginning");
            assertThat(between(stage, key, older, older)).startsWith("0 sound");
            assertThat(between(stage, key, newer, older)).isEqualTo("1 broken: the newer one has fewer entries\n");
            assertThat(between(stage, key, older, forked)).startsWith("1 broken: forked");
            assertThat(between(fork, key, older, forked)).startsWith("1 broken: forked");
            assertThat(between(fork, key, forked, newer)).startsWith("1 broken: ");
            assertThat(between(stage, key.replace('a', 'b'), older, newer)).startsWith("1 broken: ");
        }
    }

    private static String between(Stage stage, String key, Path older, Path newer) {
        int code = stage.run("ledger", "verify", "--key", key, "--between", older.toString(), newer.toString());
        return code + " " + stage.out;
    }

    private static String said(Stage stage, String... words) {
        assertThat(stage.run(words)).isZero();
        return stage.out.toString();
    }

    private static void record(Stage stage) throws IOException {
        try (Ledger events = Ledger.open(stage.home.root())) {
            events.append(control("01A", null, "start"));
            events.append(Stage.event(
                    "01B",
                    "01A",
                    new Body.Exec(
                            "/usr/bin/ssh",
                            List.of("ssh", "\u001b[2J"),
                            "/w",
                            new Body.Parent(40, "/bin/sh", List.of("sh"))),
                    Decision.allow("network.allow[0]", "granted")));
            events.append(Stage.event("01C", "01B", new Body.Dns("a.example", "A", List.of(), "NOERROR"), null));
            events.append(Stage.event(
                    "01D",
                    "01B",
                    new Body.Connect("tcp", null, "203.0.113.9", 22),
                    Decision.deny("default", "no-covert-channels", "not granted")));
        }
    }

    private static Event control(String id, @Nullable String cause, String operation) {
        return Stage.event(id, cause, new Body.Control(operation, "dev", null, null), null);
    }
}
