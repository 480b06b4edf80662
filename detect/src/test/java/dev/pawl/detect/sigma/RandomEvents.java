package dev.pawl.detect.sigma;

import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.rule.LogSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Events over the letters of {@link RandomRules}. */
final class RandomEvents {
    private static final List<String> PIECES = List.of(
            "a", "b", "AB", "abc", "cab", "ba", "-a", "/A", " -b", "\\", "*", "?", ".", "É", "é", "\u2013a", "Cabbage",
            "aabbcc", "0", "7", "%", "\n", "ß", "😀", "k", "\u0000", "\uffff", "\ufffe");
    private static final List<String> ADDRESSES = List.of(
            "10.0.0.1",
            "10.1.2.3",
            "10.1.3.255",
            "192.168.0.1",
            "fe80::1",
            "2001:db8::1",
            "::ffff:10.1.2.3",
            "10.1",
            "a.b.c.d",
            "1.2.3.4.5",
            "",
            "10.1.2.300");
    private static final List<String> TIMES = List.of(
            "2025-01-31T07:12:00Z",
            "2025-12-29 01:31:59.5",
            "2024-02-29T12:07:01+01:00",
            "not a time",
            "2025-13-01T00:00:00Z");

    private final Random random;

    RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    LogEvent event() {
        LogSource source = new LogSource(
                random.nextInt(4) > 0 ? "process_creation" : null,
                random.nextInt(4) > 0 ? "linux" : "windows",
                random.nextInt(3) == 0 ? "s" : null);
        LogEvent.Builder event = LogEvent.of(source, "e", Instant.EPOCH);
        for (String field : List.of("A", "B", "C", "D", "Unknown")) {
            for (int i = random.nextInt(6); i > 3 || i == 1; i -= 2) {
                event.with(field, random.nextInt(12) == 0 ? null : value());
            }
        }
        if (random.nextBoolean()) {
            event.with("Ip", one(ADDRESSES));
        }
        if (random.nextBoolean()) {
            event.with("Time", one(TIMES));
        }
        if (random.nextBoolean()) {
            event.with("Number", random.nextInt(10) == 0 ? "5.50" : String.valueOf(random.nextInt(16) - 3));
        }
        return event.build();
    }

    private String value() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(one(PIECES));
        }
        return switch (random.nextInt(12)) {
            case 0 -> base64(text.toString().getBytes(StandardCharsets.UTF_8));
            case 1 -> base64(text.toString().getBytes(StandardCharsets.UTF_16LE));
            case 2 -> base64(("x" + text).getBytes(StandardCharsets.UTF_16BE));
            case 3 -> one(ADDRESSES);
            default -> text.toString();
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
