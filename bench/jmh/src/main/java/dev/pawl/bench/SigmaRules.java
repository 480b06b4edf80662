package dev.pawl.bench;

import dev.pawl.core.Event;
import dev.pawl.detect.sigma.RuleText;
import dev.pawl.ledger.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules and events to measure with, from the corpora beside the project. */
final class SigmaRules {
    private static final Path CORPORA = Path.of(System.getProperty("pawl.root", "."))
            .resolve("../shared/corpora")
            .normalize();
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{3,}");
    private static final Pattern QUOTED = Pattern.compile("(?<=[-:] )'[^'\\n]*'");

    private SigmaRules() {}

    /** All rules whose product is linux. */
    static List<RuleText> linux() {
        return corpus().stream()
                .filter(rule -> rule.text().contains("product: linux"))
                .toList();
    }

    /**
     * As many rules as asked for: the corpus, then copies of it in which half of the words of values are other words of
     * the corpus. So the copies ask for texts of the same kind, and none is the same rule again.
     */
    static List<RuleText> many(int count) {
        List<RuleText> corpus = corpus();
        List<String> words = words(corpus);
        Random random = new Random(42);
        List<RuleText> rules = new ArrayList<>(corpus);
        for (int i = 0; rules.size() < count; i++) {
            rules.add(copy(corpus.get(i % corpus.size()), i, words, random));
        }
        return List.copyOf(rules.subList(0, count));
    }

    private static RuleText copy(RuleText rule, int number, List<String> words, Random random) {
        int detection = rule.text().indexOf("\ndetection:");
        int end = rule.text().indexOf("\n    condition:", detection);
        String values = QUOTED.matcher(rule.text().substring(detection, end))
                .replaceAll(value -> Matcher.quoteReplacement(WORD.matcher(value.group())
                        .replaceAll(word ->
                                random.nextBoolean() ? word.group() : words.get(random.nextInt(words.size())))));
        String head = rule.text()
                .substring(0, detection)
                .replaceFirst("(?m)^id: .*$", "id: " + new UUID(number, random.nextLong()));
        return new RuleText(
                rule.name() + "#" + number, head + values + rule.text().substring(end));
    }

    private static List<String> words(List<RuleText> corpus) {
        List<String> words = new ArrayList<>();
        for (RuleText rule : corpus) {
            Matcher quoted = QUOTED.matcher(rule.text().substring(rule.text().indexOf("\ndetection:")));
            while (quoted.find()) {
                WORD.matcher(quoted.group()).results().forEach(word -> words.add(word.group()));
            }
        }
        return words;
    }

    private static List<RuleText> corpus() {
        List<RuleText> rules = new ArrayList<>();
        for (String folder : List.of("rules", "rules-emerging-threats", "rules-threat-hunting")) {
            try (Stream<Path> files = Files.walk(CORPORA.resolve("sigma").resolve(folder))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".yml"))
                        .sorted()
                        .toList()) {
                    rules.add(new RuleText(file.toString(), Files.readString(file)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return rules;
    }

    /** The exec events of honest agents and of attacks: 1,559. */
    static List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (String file : List.of("benign/solutions.jsonl", "attacks/attacks.jsonl")) {
            try (Stream<String> lines = Files.lines(CORPORA.resolve(file))) {
                lines.forEach(line -> {
                    switch (EventJson.decode(line.getBytes(StandardCharsets.UTF_8))) {
                        case EventJson.Decoded(Event event) -> events.add(event);
                        case EventJson.Unreadable(String reason) -> throw new IllegalStateException(reason);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return events;
    }
}
