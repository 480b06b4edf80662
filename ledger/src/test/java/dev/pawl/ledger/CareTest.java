package dev.pawl.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.verify.EventProof;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.LogVerifier;
import dev.pawl.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CareTest {
    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String SECRET = "the name of somebody";

    @TempDir
    Path home;

    /** 10,000 events, one an hour: what is older than a year goes, the rest is packed, and every proof holds. */
    @Test
    void oldEventsArePackedAndGivenUpAndEveryProofHolds() throws IOException, FormatFault {
        int count = 10_000;
        try (Ledger ledger = Ledger.open(home)) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(event(i, "r-1", NOW.minus(Duration.ofHours(count - i))));
            }
            ledger.commit(events);
            byte[] proof = EventProofs.prove(home, ledger, 3);
            byte[] older = ledger.checkpoint().note().bytes();
            Care care = new Care(home, ledger, CLOCK, "ada");
            assertThatThrownBy(() -> care.giveUp(Duration.ofDays(180))).hasMessageContaining("at least 184 days");
            RecordSize before = RecordSize.of(home);
            assertThat(care.pack()).isEqualTo(count / 256 - 16);
            RecordSize packed = RecordSize.of(home);
            assertThat(packed.packed()).isPositive().isLessThan(before.bundles() / 4);
            assertThat(ids(0)).hasSize(count);
            assertThat(verdict(ledger, 0, older)).isInstanceOf(Verdict.Sound.class);

            long kept = care.giveUp(Duration.ofDays(365));
            assertThat(kept).isEqualTo((count - 365 * 24) / 256 * 256L);
            assertThat(RecordSize.of(home).packed()).isLessThan(packed.packed());
            assertThat(ids(0)).hasSize((int) (count + 1 - kept)).startsWith("e" + kept);
            assertThat(verdict(ledger, 0, older)).isInstanceOf(Verdict.Broken.class);
            ledger.checkpoint();
            assertThat(verdict(ledger, kept, older)).isInstanceOf(Verdict.Sound.class);
            assertThat(verdict(ledger, kept - 1, older)).isInstanceOf(Verdict.Broken.class);
            assertThat(EventProof.parse(proof).verify(ledger.key()).size()).isEqualTo(count);
            EventProofs.prove(home, ledger, kept);
            assertThat(new LedgerReader(home, 0).kept()).isEqualTo(kept);
            assertThat(((EventJson.Decoded) new LedgerReader(home, 0).at(count))
                            .event()
                            .body())
                    .isEqualTo(new Body.Control(
                            "retention",
                            "ada",
                            null,
                            "entries below " + kept + " are older than 365 days and given up"));
        }
    }

    @Test
    void aDestroyedKeyErasesOneRunAndEveryProofHolds() throws IOException, FormatFault {
        try (Ledger ledger = Ledger.open(home)) {
            Care care = new Care(home, ledger, CLOCK, "ada");
            ledger.append(event(0, "r-clear", NOW));
            care.seal(true);
            for (int i = 1; i < 300; i++) {
                ledger.append(event(i, i % 2 == 0 ? "r-even" : "r-odd", NOW));
            }
            byte[] proof = EventProofs.prove(home, ledger, 7);
            byte[] older = ledger.checkpoint().note().bytes();
            assertThat(onDisk(SECRET)).as("only what was not sealed").isEqualTo(1);
            assertThat(events(0)).hasSize(301).contains(event(7, "r-odd", NOW));

            assertThat(care.erase("r-odd")).isTrue();
            assertThat(care.erase("r-odd")).isFalse();
            assertThat(care.erase("r-clear")).isFalse();
            assertThat(events(0)).contains(event(8, "r-even", NOW)).doesNotContain(event(7, "r-odd", NOW));
            assertThat(lines().stream().filter(EventJson.Unreadable.class::isInstance))
                    .hasSize(150)
                    .allMatch(line -> line.toString().contains("r-odd: sealed, and its key was destroyed"));
            ledger.checkpoint();
            assertThat(verdict(ledger, 0, older)).isInstanceOf(Verdict.Sound.class);
            assertThat(EventProof.parse(proof).verify(ledger.key()).size()).isPositive();
        }
    }

    /** An entry may come from anybody who could write to the file: none may do more than not be read. */
    @Test
    void noEntryThatSeemsSealedCanDoHarm() throws IOException {
        Seals seals = Seals.of(home);
        seals.turn(true);
        byte[] entry = seals.encode(event(1, "r-1", NOW));
        assertThat(seals.open(entry)).isEqualTo(new EventJson.Decoded(event(1, "r-1", NOW)));
        byte[] other = new String(seals.encode(event(2, "r-1", NOW)), UTF_8)
                .replace("\"id\":\"e2\"", "\"id\":\"e1\"")
                .getBytes(UTF_8);
        assertThat(seals.open(other)).isInstanceOf(EventJson.Unreadable.class);
        assertThat(seals.open("{\"run\":\"../on\",\"id\":\"x\",\"kind\":\"exec\",\"sealed\":\"\"}".getBytes(UTF_8)))
                .isInstanceOf(EventJson.Unreadable.class);
        Random random = new Random(5);
        for (int i = 0; i < 5000; i++) {
            byte[] edited = entry.clone();
            edited[random.nextInt(edited.length)] = (byte) random.nextInt(128);
            EventJson.Line line = seals.open(edited);
            assertThat(line instanceof EventJson.Unreadable || line.equals(seals.open(entry)))
                    .isTrue();
        }
        Event large = new Event(
                "e3", NOW, "a", "r-1", null, null, new Body.FileAccess("x".repeat(300_000), "read", true), null);
        assertThat(seals.encode(large)).hasSizeLessThan(65_536);
        assertThat(seals.open(seals.encode(large))).isInstanceOf(EventJson.Decoded.class);
    }

    private Verdict verdict(Ledger ledger, long kept, byte[] older) throws IOException {
        return new LogVerifier(ledger.key(), false, kept).check(LogFiles.in(Ledger.directory(home)), List.of(older));
    }

    private List<EventJson.Line> lines() throws IOException {
        List<EventJson.Line> lines = new ArrayList<>();
        new LedgerReader(home, 0).poll((_, line) -> lines.add(line));
        return lines;
    }

    private List<Event> events(long from) throws IOException {
        List<Event> events = new ArrayList<>();
        new LedgerReader(home, from).poll((_, line) -> {
            if (line instanceof EventJson.Decoded(Event event)) {
                events.add(event);
            }
        });
        return events;
    }

    private List<String> ids(long from) throws IOException {
        return events(from).stream().map(Event::id).toList();
    }

    /** How often a text stands in the files of the home. */
    private long onDisk(String text) throws IOException {
        long found = 0;
        try (Stream<Path> files = Files.walk(home.resolve("ledger/tile/entries"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                found += file.toString().contains(".p/") ? 0 : content.split(text, -1).length - 1;
            }
        }
        return found;
    }

    private static Event event(int number, String run, Instant time) {
        return new Event(
                "e" + number,
                time,
                "agent",
                run,
                null,
                null,
                new Body.FileAccess(SECRET + "/" + number, "read", true),
                null);
    }
}
