package dev.pawl.detect.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.detect.sigma.correlation.Match;
import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.pipeline.Pipeline;
import dev.pawl.detect.sigma.rule.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The index must agree with the interpreter on every rule and every event. */
final class DifferentialTest {
    private static final int PAIRS = 100_000;
    private static final int RULES_AT_ONCE = 60;
    private static final int EVENTS_EACH = 30;

    @Test
    void engineAndInterpreterAgreeOn100000RandomPairs() {
        RandomRules rules = new RandomRules(20261125);
        RandomEvents events = new RandomEvents(811);
        int pairs = 0;
        int matches = 0;
        int refused = 0;
        int number = 0;
        while (pairs < PAIRS) {
            List<RuleText> texts = new ArrayList<>();
            for (int i = 0; i < RULES_AT_ONCE; i++) {
                texts.add(new RuleText("r" + number, rules.rule(number++)));
            }
            RuleSet set = RuleSet.of(texts);
            refused += set.problems().size();
            Detector detector = set.detector();
            for (int i = 0; i < EVENTS_EACH; i++) {
                LogEvent event = events.event();
                Set<String> found = new HashSet<>();
                for (Match match : detector.feed(event)) {
                    found.add(match.rule().place().file());
                }
                matches += found.size();
                for (Document document : set.documents()) {
                    String file = document.header().place().file();
                    if (found.contains(file)
                            != Oracle.of(document, Pipeline.NONE).matches(event)) {
                        throw new AssertionError("engine says " + found.contains(file) + " for " + shown(event) + "\n"
                                + texts.stream()
                                        .filter(text -> text.name().equals(file))
                                        .toList());
                    }
                    pairs++;
                }
            }
        }
        assertThat(matches).as("matches among %s pairs", pairs).isBetween(PAIRS / 20, PAIRS);
        assertThat(refused).as("rules refused of %s", number).isLessThan(number / 4);
    }

    private static String shown(LogEvent event) {
        StringBuilder text = new StringBuilder(event.source().toString());
        for (int i = 0; i < event.size(); i++) {
            text.append(' ')
                    .append(event.name(i))
                    .append("=[")
                    .append(event.value(i))
                    .append(']');
        }
        return text.toString();
    }
}
