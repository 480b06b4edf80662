package dev.pawl.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as charters write them. */
final class Amounts {
    /** The longest time, so that no arithmetic on nanoseconds can overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final long LARGEST = 1L << 50;
    private static final Pattern NUMBER_UNIT = Pattern.compile("([0-9]{1,16})( ?)([A-Za-z]*)");

    private Amounts() {}

    static Optional<Duration> duration(Value value) {
        return duration(value, Duration.ofSeconds(1), LONGEST, "a time more than zero and at most 365d");
    }

    /** A time within bounds, which {@code range} names; {@code most} is at most 365 days. */
    static Optional<Duration> duration(Value value, Duration least, Duration most, String range) {
        String allowed = range + " is allowed: a number with s, m, h or d, such as 90s or 1h";
        Matcher matcher = NUMBER_UNIT.matcher(value.written().orElse(""));
        if (!matcher.matches()) {
            value.problem("is " + value.kind() + "; " + allowed);
            return Optional.empty();
        }
        long seconds = switch (matcher.group(3)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86400;
            default -> 0;
        };
        String number = matcher.group(1);
        if (seconds == 0 || !matcher.group(2).isEmpty()) {
            value.problem("is " + value.kind() + ", " + (matcher.group(3).isEmpty() ? "which has no unit" : "no time")
                    + "; " + allowed + "; did you mean \"" + number + unit(matcher.group(3), "s") + "\"?");
            return Optional.empty();
        }
        long count = Long.parseLong(number);
        if (count > most.toSeconds() / seconds || count * seconds < least.toSeconds()) {
            value.problem("is " + value.kind() + "; " + allowed);
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(count * seconds));
    }

    private static String unit(String written, String otherwise) {
        String lower = written.toLowerCase(Locale.ROOT);
        return lower.isEmpty() || "smhd".indexOf(lower.charAt(0)) < 0 ? otherwise : lower.substring(0, 1);
    }

    static Optional<Long> bytes(Value value, long least, String leastText) {
        String allowed = "a size from " + leastText
                + " to 1048576GiB is allowed: a number of bytes, or with KiB, MiB or GiB, such as 512MiB";
        Matcher matcher = NUMBER_UNIT.matcher(value.written().orElse(""));
        if (!matcher.matches()) {
            value.problem("is " + value.kind() + "; " + allowed);
            return Optional.empty();
        }
        int shift = switch (matcher.group(3)) {
            case "" -> 0;
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> -1;
        };
        String number = matcher.group(1);
        if (shift < 0 || !matcher.group(2).isEmpty()) {
            value.problem("is " + value.kind() + ", no size; " + allowed + "; did you mean \"" + number
                    + sizeUnit(matcher.group(3)) + "\"?");
            return Optional.empty();
        }
        long count = Long.parseLong(number);
        if (count > LARGEST >> shift || count << shift < least) {
            value.problem("is " + value.kind() + "; " + allowed);
            return Optional.empty();
        }
        return Optional.of(count << shift);
    }

    /** As a charter writes it, in the largest unit that says it exactly. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        for (Map.Entry<Long, String> unit :
                List.of(Map.entry(86400L, "d"), Map.entry(3600L, "h"), Map.entry(60L, "m"))) {
            if (seconds % unit.getKey() == 0) {
                return seconds / unit.getKey() + unit.getValue();
            }
        }
        return seconds + "s";
    }

    /** As a charter writes it, in the largest unit that says it exactly. */
    static String text(long bytes) {
        for (Map.Entry<Integer, String> unit :
                List.of(Map.entry(30, "GiB"), Map.entry(20, "MiB"), Map.entry(10, "KiB"))) {
            if (bytes % (1L << unit.getKey()) == 0) {
                return (bytes >> unit.getKey()) + unit.getValue();
            }
        }
        return String.valueOf(bytes);
    }

    private static String sizeUnit(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        return lower.startsWith("k") ? "KiB" : lower.startsWith("m") ? "MiB" : lower.startsWith("g") ? "GiB" : "";
    }
}
