package dev.pawl.policy.learn;

import dev.pawl.core.ProcessInfo;
import dev.pawl.policy.review.Secrets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which processes did something, how often and when last. Keeps a few of them and counts the rest. For one thread. */
final class Users {
    /** Where no process of the agent is known, as for the command a run was ordered with. */
    private static final String NOBODY = "the run itself";

    private static final int MOST_KEPT = 8;
    private static final int MOST_NAMED = 2;
    private static final int MOST_WORDS = 4;
    private static final int LONGEST_WORD = 32;
    private static final int LONGEST_PATH = 80;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private long total;
    private Optional<Instant> last = Optional.empty();

    void add(@Nullable ProcessInfo process, Instant time) {
        total++;
        if (last.isEmpty() || time.isAfter(last.get())) {
            last = Optional.of(time);
        }
        String name = process == null ? NOBODY : name(process);
        if (counts.containsKey(name) || counts.size() < MOST_KEPT) {
            counts.merge(name, 1L, Long::sum);
        }
    }

    void add(Users others) {
        total += others.total;
        if (last.isEmpty() || others.last.filter(last.get()::isBefore).isPresent()) {
            last = others.last;
        }
        others.counts.forEach((name, count) -> {
            if (counts.containsKey(name) || counts.size() < MOST_KEPT) {
                counts.merge(name, count, Long::sum);
            }
        });
    }

    long total() {
        return total;
    }

    /** When last by the record's own times; empty if never. */
    Optional<Instant> last() {
        return last;
    }

    /** Names as {@link #text} has them, most frequent first. */
    List<String> names() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One line for a comment. */
    String text() {
        List<String> names = names();
        String shown = names.stream()
                .limit(MOST_NAMED)
                .map(name -> names.size() == 1 ? name : counts.get(name) + " " + name)
                .collect(Collectors.joining(", "));
        return total + " x by " + shown + (names.size() > MOST_NAMED ? ", and others" : "");
    }

    /** The program and the first words of its arguments, none that looks like a secret. */
    private static String name(ProcessInfo process) {
        List<String> argv = process.argv();
        String path = process.exe().isEmpty() && !argv.isEmpty() ? argv.getFirst() : process.exe();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < Math.min(argv.size(), MOST_WORDS); i++) {
            boolean secret = i > 0 && Secrets.argument(argv.get(i - 1), argv.get(i));
            words.append(i == 0 ? "" : " ").append(secret ? "*" : CommentText.of(argv.get(i), LONGEST_WORD));
        }
        return CommentText.of(path, LONGEST_PATH) + " (" + words + (argv.size() > MOST_WORDS ? " ..." : "") + ")";
    }
}
