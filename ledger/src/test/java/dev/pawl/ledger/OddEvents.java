package dev.pawl.ledger;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Events of every kind with the strings an agent would choose to break a record. */
final class OddEvents {
    static final int KINDS = 8;

    private final Random random;

    OddEvents(long seed) {
        random = new Random(seed);
    }

    Event next(int kind) {
        return new Event(
                odd(),
                Instant.ofEpochSecond(random.nextLong(0, 200_000_000_000L), random.nextInt(1_000_000) * 1000L),
                odd(),
                odd(),
                maybe(),
                random.nextBoolean()
                        ? new ProcessInfo(random.nextInt(), random.nextInt(), odd(), odds(), odd(), odd())
                        : null,
                body(kind),
                random.nextBoolean()
                        ? new Decision(
                                random.nextBoolean() ? Decision.Verdict.ALLOW : Decision.Verdict.DENY,
                                odd(),
                                maybe(),
                                odd(),
                                odd())
                        : null);
    }

    private Body body(int kind) {
        return switch (kind) {
            case 0 -> new Body.Exec(odd(), odds(), odd(), new Body.Parent(random.nextInt(), odd(), odds()), maybe());
            case 1 -> new Body.Dns(odd(), odd(), odds(), odd());
            case 2 -> new Body.Connect(odd(), maybe(), odd(), random.nextInt());
            case 3 ->
                new Body.Flow(
                        odd(),
                        maybe(),
                        odd(),
                        random.nextInt(),
                        odd(),
                        random.nextLong(),
                        random.nextLong(),
                        Instant.EPOCH,
                        random.nextBoolean() ? Instant.EPOCH.plusNanos(1000) : null,
                        new Body.Spoken(
                                maybe(),
                                maybe(),
                                maybe(),
                                maybe(),
                                maybe(),
                                maybe(),
                                random.nextBoolean()
                                        ? new Body.Course(
                                                random.nextBoolean(),
                                                List.of(1L, 1L << 40),
                                                List.of(),
                                                List.of(0L),
                                                List.of(7L),
                                                random.nextLong(),
                                                random.nextLong())
                                        : null));
            case 4 -> new Body.FileAccess(odd(), odd(), random.nextBoolean());
            case 5 -> new Body.Resource(random.nextDouble(), random.nextDouble(), random.nextLong(), random.nextInt());
            case 6 -> new Body.Control(odd(), odd(), random.nextBoolean() ? random.nextDouble() : null, maybe());
            case 7 -> new Body.Finding(odd(), odd(), Body.Severity.REVIEW, maybe(), odds(), odds());
            case 8 -> new Body.Payload(odd(), random.nextBoolean(), odd());
            default -> throw new IllegalArgumentException("no such kind");
        };
    }

    private @Nullable String maybe() {
        return random.nextBoolean() ? odd() : null;
    }

    private List<String> odds() {
        List<String> all = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            all.add(odd());
        }
        return all;
    }

    private String odd() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(7)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append((char) random.nextInt(0xd800, 0xe000));
                case 2 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
                case 3 -> text.append("\"\\/{}[],:".charAt(random.nextInt(9)));
                case 4 -> text.append((char) random.nextInt(0x7f, 0x10000));
                default -> text.append((char) random.nextInt(0x20, 0x7f));
            }
        }
        return text.toString();
    }
}
