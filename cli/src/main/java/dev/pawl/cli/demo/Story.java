package dev.pawl.cli.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent of the rehearsal printed, cut into acts by its marks. Its words serve two things only: whether a secret
 * is among them, and when an act that leaves no refusal on the record was over.
 *
 * @param outputs by act
 * @param ends by act, and under an empty name the end of all
 */
record Story(Map<String, String> outputs, Map<String, Instant> ends) {
    private static final Pattern MARK = Pattern.compile("(begin|end|done) ([a-z0-9-]{1,64}) ([0-9]{1,12}[.,][0-9]{6})");

    Story {
        outputs = Map.copyOf(outputs);
        ends = Map.copyOf(ends);
    }

    /** Reads the text; a line that is not a mark belongs to the act before. Never throws. */
    static Story parse(String text, String token) {
        Map<String, StringBuilder> outputs = new HashMap<>();
        Map<String, Instant> ends = new HashMap<>();
        String current = "";
        for (String line : text.lines().toList()) {
            Matcher mark = MARK.matcher(line.startsWith(token + " ") ? line.substring(token.length() + 1) : "");
            if (!mark.matches()) {
                outputs.computeIfAbsent(current, _ -> new StringBuilder())
                        .append(line)
                        .append('\n');
            } else if (mark.group(1).equals("begin")) {
                current = mark.group(2);
            } else {
                ends.put(mark.group(1).equals("end") ? mark.group(2) : "", instant(mark.group(3)));
                current = "";
            }
        }
        Map<String, String> texts = new HashMap<>();
        outputs.forEach((act, output) -> texts.put(act, output.toString()));
        return new Story(texts, ends);
    }

    /** What an act printed. */
    String output(String act) {
        return outputs.getOrDefault(act, "");
    }

    /** When an act ended by the clock of the machine. */
    Optional<Instant> end(String act) {
        return Optional.ofNullable(ends.get(act));
    }

    /** When the agent had done everything. */
    Optional<Instant> done() {
        return end("");
    }

    private static Instant instant(String seconds) {
        BigDecimal micros = new BigDecimal(seconds.replace(',', '.')).movePointRight(6);
        long total = micros.longValueExact();
        return Instant.ofEpochSecond(total / 1_000_000, total % 1_000_000 * 1_000);
    }
}
