package dev.pawl.detect.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.detect.sigma.correlation.Match;
import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** SigmaHQ's own regression data: each rule with events it must match, here against all rules at once. */
final class RegressionPairsTest {
    private static final String ROOT = "sigma";

    private static final int FOREIGN = 52;

    /** A rule file, the events for it, and how many of them must match; null where the data does not say. */
    private record Pair(String rule, Path events, List<?> expected) {}

    private static List<Pair> pairs() {
        Path root = Corpora.path(ROOT);
        List<Pair> pairs = new ArrayList<>();
        for (Object entry : Corpora.JSON.readValue(Corpora.text(root.resolve("regression_pairs.json")), List.class)) {
            Map<?, ?> pair = (Map<?, ?>) entry;
            pairs.add(new Pair(
                    String.valueOf(pair.get("rule")), root.resolve(String.valueOf(pair.get("event"))), (List<?>)
                            Objects.requireNonNull(pair.get("expected_matches"))));
        }
        return pairs;
    }

    private static RuleSet rules(Set<String> files) {
        Path root = Corpora.path(ROOT);
        RuleSet rules = RuleSet.of(
                files.stream()
                        .map(file -> new RuleText(file, Corpora.text(root.resolve(file))))
                        .toList(),
                BuiltInPipelines.sysmon());
        assertThat(rules.problems()).isEmpty();
        return rules;
    }

    @Test
    void everyRuleOfTheCorpusIsUnderstood() {
        for (Pipeline pipeline : List.of(Pipeline.NONE, BuiltInPipelines.sysmon())) {
            List<RuleText> texts = new ArrayList<>();
            for (String folder : List.of("rules", "rules-emerging-threats", "rules-threat-hunting")) {
                texts.addAll(Corpora.rules(ROOT + "/" + folder));
            }
            RuleSet rules = RuleSet.of(texts, pipeline);
            assertThat(rules.problems()).isEmpty();
            assertThat(rules.documents()).hasSize(509).hasSameSizeAs(texts);
        }
    }

    @Test
    void all202PairsMatchAndNothingElseDoesThatShouldNot() {
        List<Pair> pairs = pairs();
        assertThat(pairs).hasSize(202);
        Set<String> files = new TreeSet<>();
        pairs.forEach(pair -> files.add(pair.rule()));
        RuleSet rules = rules(files);
        Detector detector = rules.detector();
        Map<String, Oracle> oracles = new HashMap<>();
        rules(files)
                .documents()
                .forEach(document ->
                        oracles.put(document.header().place().file(), Oracle.of(document, BuiltInPipelines.sysmon())));
        int matched = 0;
        List<String> foreign = new ArrayList<>();
        for (Pair pair : pairs) {
            int own = 0;
            for (LogEvent event : Corpora.windowsEvents(pair.events())) {
                Set<String> found = new TreeSet<>();
                for (Match match : detector.feed(event)) {
                    found.add(match.rule().place().file());
                }
                Set<String> wanted = new TreeSet<>();
                oracles.forEach((file, oracle) -> {
                    if (oracle.matches(event)) {
                        wanted.add(file);
                    }
                });
                assertThat(found).as(event.id()).isEqualTo(wanted);
                own += found.remove(pair.rule()) ? 1 : 0;
                found.forEach(other -> foreign.add(other + " <- " + pair.rule()));
            }
            assertThat(own).as(pair.rule()).isPositive();
            Object expected = pair.expected().getFirst();
            if (expected != null) {
                // Some files hold more events of the act than the data counts.
                assertThat(own).as(pair.rule()).isGreaterThanOrEqualTo(((Number) expected).intValue());
            }
            matched++;
        }
        assertThat(matched).isEqualTo(202);
        // Rules whose subject is the same act, as the event of one shows: counted, so that a change is seen.
        assertThat(foreign).hasSize(FOREIGN);
    }
}
