package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandsTest {
    @TempDir
    Path directory;

    @Test
    void eventsAreFoundByWhatTheyAreAbout() throws IOException {
        try (Stage stage = new Stage(directory)) {
            stage.run("r-aaaaaaaa", "fixer", false);
            try (Ledger ledger = Ledger.open(stage.home.root())) {
                ledger.append(connect("01A", "b.example", Decision.allow("network.allow[0]", "granted")));
                ledger.append(connect("01B", "a.b.example", Decision.deny("default", "no-covert-channels", "no")));
            }
            assertThat(lines(stage, "--host", "b.example")).hasSize(1);
            assertThat(lines(stage, "--host", "*.b.example")).hasSize(1).allMatch(line -> line.contains("a.b.example"));
            assertThat(lines(stage, "--host", "*.example")).hasSize(2);
            assertThat(lines(stage, "--rule", "default")).hasSize(1);
            assertThat(lines(stage, "--boundary", "no-covert-channels")).hasSize(1);
            assertThat(lines(stage, "--process", "ssh", "--denied")).hasSize(1);
            assertThat(lines(stage, "--process", "41", "--last", "1")).hasSize(1);
            assertThat(lines(stage, "--since", "2026-11-22T05:00:00Z", "--until", "2026-11-23"))
                    .hasSize(2);
            assertThat(lines(stage, "--until", "2026-11-22")).isEmpty();
            assertThat(stage.run("events", "--since", "yesterday")).isEqualTo(2);
        }
    }

    @Test
    void aRecordIsPackedSealedAndErased() throws IOException {
        try (Stage stage = new Stage(directory)) {
            stage.run("r-aaaaaaaa", "fixer", false);
            assertThat(stage.run("ledger", "seal")).isZero();
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 6000; i++) {
                events.add(connect("02" + i, "secret.example", Decision.allow("network.allow[0]", "granted")));
            }
            try (Ledger ledger = Ledger.open(stage.home.root())) {
                ledger.commit(events);
            }
            assertThat(stage.run("ledger", "keep")).isZero();
            assertThat(stage.out.toString()).isEqualTo("7 bundles packed\n");
            assertThat(stage.run("ledger", "keep", "--days", "30")).isEqualTo(1);
            assertThat(stage.err.toString()).contains("at least 184 days");
            assertThat(stage.run("ledger", "keep", "--days", "400")).isZero();
            assertThat(stage.out.toString()).startsWith("kept from entry 0\n");
            assertThat(stage.run("ledger", "size", "--json")).isZero();
            assertThat(stage.out.toString()).startsWith("{\"entries\":6001,\"kept_from\":0,\"bundle_bytes\":");
            assertThat(lines(stage, "--host", "secret.example")).hasSize(6000);
            assertThat(stage.run("ledger", "erase", "r-aaaaaaaa")).isZero();
            assertThat(lines(stage, "--host", "secret.example")).isEmpty();
            assertThat(stage.run("ledger", "erase", "r-aaaaaaaa")).isEqualTo(1);
            assertThat(stage.run("ledger", "key")).isZero();
            String key = stage.out.toString().strip();
            assertThat(stage.run("ledger", "verify", "--key", key))
                    .as(stage.out.toString())
                    .isZero();
        }
    }

    private static Event connect(String id, String host, Decision decision) {
        return Stage.event(id, null, new Body.Connect("tcp", host, "198.18.0.1", 443), decision);
    }

    private static List<String> lines(Stage stage, String... options) {
        List<String> words = new ArrayList<>(List.of("events"));
        words.addAll(List.of(options));
        assertThat(stage.run(words.toArray(String[]::new)))
                .as(stage.err.toString())
                .isZero();
        return stage.out.toString().lines().toList();
    }
}
