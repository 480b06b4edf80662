package dev.pawl.ledger.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.IndexFiles;
import dev.pawl.ledger.Ledger;
import dev.pawl.ledger.LedgerReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSearchTest {
    private static final Instant START = Instant.parse("2026-11-22T05:00:00Z");

    @TempDir
    Path home;

    private final Random random = new Random(11);

    /** Whatever is asked, the index finds what reading everything finds. */
    @Test
    void theIndexFindsWhatReadingFinds() throws IOException {
        List<Event> all = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            try (Ledger ledger = Ledger.open(home)) {
                for (int i = 0; i < 300; i++) {
                    Event event = event(all.size());
                    ledger.append(event);
                    all.add(event);
                }
                if (round == 2) {
                    // Nothing of this is signed yet: the index must not hold it, and yet it must be found.
                    compare(all, 40);
                }
            }
            compare(all, 60);
        }
        IndexFiles.delete(home);
        compare(all, 20);
    }

    private void compare(List<Event> all, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            EventFilter filter = filter();
            long last = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : Long.MAX_VALUE;
            List<Event> wanted = all.stream().filter(filter::matches).toList();
            List<Event> newest = wanted.subList((int) Math.max(0, wanted.size() - last), wanted.size());
            assertThat(found(0, filter, last)).as("%s", filter).isEqualTo(newest);
            assertThat(found(Long.MAX_VALUE, filter, last)).as("%s", filter).isEqualTo(newest);
        }
    }

    @Test
    void anIndexOfAnotherRecordIsMadeAnew() throws IOException {
        for (int i = 0; i < 2; i++) {
            List<Event> all = new ArrayList<>();
            try (Ledger ledger = Ledger.open(home)) {
                for (int j = 0; j < 400; j++) {
                    Event event = event(1000 * i + j);
                    ledger.append(event);
                    all.add(event);
                }
            }
            EventFilter filter = new EventFilter(Set.of("r-1"), null, null, null, null, null, null, null, null, false);
            assertThat(found(0, filter, Long.MAX_VALUE))
                    .isEqualTo(all.stream().filter(filter::matches).toList());
            try (var files = Files.walk(Ledger.directory(home))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private List<Event> found(long shortest, EventFilter filter, long last) throws IOException {
        List<Event> found = new ArrayList<>();
        LedgerReader.Lines take = (_, line) -> found.add(((EventJson.Decoded) line).event());
        new EventSearch(home, shortest).find(filter, last, take);
        return found;
    }

    private EventFilter filter() {
        return new EventFilter(
                random.nextInt(3) == 0 ? Set.of("r-" + random.nextInt(4), "r-x") : Set.of(),
                maybe("a" + random.nextInt(3)),
                maybe(random.nextBoolean() ? "connect" : "exec"),
                maybe(pick("7", "ssh", "/usr/bin/ssh", "/bin/x", "x", "nothing")),
                maybe(pick("a.example", "*.example", "*.a.example", "203.0.113.9", "%")),
                maybe(pick("default", "exec", "nothing")),
                maybe(pick("no-covert-channels", "nothing")),
                random.nextInt(4) == 0 ? START.plusSeconds(random.nextInt(1000)) : null,
                random.nextInt(4) == 0 ? START.plusSeconds(random.nextInt(1000)) : null,
                random.nextInt(4) == 0);
    }

    private @Nullable String maybe(String text) {
        return random.nextInt(4) == 0 ? text : null;
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private Event event(int number) {
        ProcessInfo process = random.nextInt(5) == 0
                ? null
                : new ProcessInfo(5 + random.nextInt(5), 1, pick("/bin/x", "/usr/bin/ssh"), List.of("x"), "/", "dev");
        Body body = switch (random.nextInt(5)) {
            case 0 ->
                new Body.Exec(
                        pick("/bin/ls", "/usr/bin/ssh"), List.of("y"), "/", new Body.Parent(1, "/bin/x", List.of()));
            case 1 -> new Body.Dns(pick("a.example", "b.a.example", "example"), "A", List.of(), "NOERROR");
            case 2 -> new Body.Connect("tcp", random.nextBoolean() ? "a.example" : null, "203.0.113.9", 22);
            case 3 -> new Body.FileAccess("/p", "read", true);
            default -> new Body.Finding("d", "t", Body.Severity.ACT, maybe("no-covert-channels"), List.of(), List.of());
        };
        Decision decision = switch (random.nextInt(3)) {
            case 0 -> Decision.allow("exec", "may");
            case 1 -> Decision.deny("default", maybe("no-covert-channels"), "may not");
            default -> null;
        };
        return new Event(
                "01" + number,
                START.plusSeconds(number),
                "a" + random.nextInt(2),
                "r-" + random.nextInt(3),
                null,
                process,
                body,
                decision);
    }
}
