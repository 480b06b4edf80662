package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.ledger.Ledger;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void keepsWhatIsKnownOfARun() throws IOException {
        Home home = Home.open(temporary.resolve("home"));
        RunFacts facts = facts("r-aaaaaaaa", "fixer", held());
        RunDirectory directory = RunDirectory.create(home, facts, "agent: fixer\n");
        assertThat(directory.facts()).isEqualTo(facts);
        assertThat(directory.charterText()).contains("agent: fixer\n");

        RunFacts started = facts.withSandbox(new RunFacts.Held(77, 1234567890123L));
        directory.write(started);
        assertThat(directory.facts()).isEqualTo(started);
        assertThat(Files.readString(directory.path().resolve("run.json")))
                .contains("\"supervisor_pid\":", "\"supervisor_start\":", "\"sandbox_pid\":77");
        try (var files = Files.list(directory.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.json", "charter.yaml");
        }
        assertThatThrownBy(() -> RunDirectory.create(home, facts, "")).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void refusesADamagedRun() throws IOException {
        RunDirectory directory =
                RunDirectory.create(Home.open(temporary.resolve("home")), facts("r-aaaaaaaa", "fixer", held()), "");
        for (String text : List.of("", "{}", "{\"run\":1}")) {
            Files.writeString(directory.path().resolve("run.json"), text);
            assertThatThrownBy(directory::facts).isInstanceOf(IOException.class).hasMessageContaining("run.json");
        }
    }

    @Test
    void knowsWhereItsEventsStand() throws IOException {
        Home home = Home.open(temporary.resolve("home"));
        RunDirectory one = RunDirectory.create(home, facts("r-aaaaaaaa", "fixer", held()), "");
        RunDirectory two = RunDirectory.create(home, facts("r-bbbbbbbb", "fixer", held()), "");
        assertThat(one.ended()).isFalse();
        try (Ledger ledger = Ledger.open(home.root())) {
            one.recordBegins(ledger.size());
            ledger.append(control("start"));
            two.recordBegins(ledger.size());
            ledger.append(control("stop"));
            ledger.append(control("end"));
            assertThat(one.ended()).isFalse();
            one.recordEnded(ledger.size());
        }
        assertThat(one.ended()).isTrue();
        assertThat(two.ended()).isFalse();
        assertThat(one.first()).isZero();
        assertThat(two.first()).isEqualTo(1);
        List<Long> read = new ArrayList<>();
        one.read((index, line) -> read.add(index));
        assertThat(read).containsExactly(0L, 1L, 2L);
        two.read((index, line) -> read.add(index));
        assertThat(read).hasSize(3);
        Files.writeString(one.path().resolve("record.json"), "{");
        assertThat(one.first()).isZero();
        assertThat(one.ended()).isFalse();
    }

    static Event control(String operation) {
        return new Event(
                "01" + operation,
                Instant.EPOCH,
                "fixer",
                "r-aaaaaaaa",
                null,
                null,
                new Body.Control(operation, "dev", null, null),
                null);
    }

    static RunFacts.Held held() {
        ProcStat self = ProcStat.self();
        return new RunFacts.Held(self.pid(), self.start());
    }

    static RunFacts facts(String run, String agent, RunFacts.Held supervisor) {
        return new RunFacts(
                run,
                agent,
                "Ada",
                "fix \"bugs\"",
                List.of("sh", "-c", "é\n"),
                Instant.parse("2026-11-22T05:00:00Z"),
                supervisor,
                Optional.empty(),
                "/work",
                "built-in");
    }
}
