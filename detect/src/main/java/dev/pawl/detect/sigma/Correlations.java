package dev.pawl.detect.sigma;

import dev.pawl.detect.sigma.rule.Correlation;
import dev.pawl.detect.sigma.rule.Document;
import dev.pawl.detect.sigma.rule.Filter;
import dev.pawl.detect.sigma.yaml.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts correlations into an order in which each comes after those it names, and refuses those that cannot be. */
final class Correlations {
    private Correlations() {}

    /**
     * @param problems takes circles
     * @param unresolved takes correlations that name a rule that was not given
     */
    static List<Correlation> ordered(List<Document> documents, List<Problem> problems, List<Problem> unresolved) {
        List<Correlation> waiting = new ArrayList<>(documents.stream()
                .filter(Correlation.class::isInstance)
                .map(Correlation.class::cast)
                .toList());
        Set<String> known = new HashSet<>();
        documents.stream()
                .filter(document -> !(document instanceof Filter) && !(document instanceof Correlation))
                .forEach(document -> name(document, known));
        List<Correlation> ordered = new ArrayList<>();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Correlation correlation : List.copyOf(waiting)) {
                if (known.containsAll(correlation.rules())) {
                    waiting.remove(correlation);
                    ordered.add(correlation);
                    name(correlation, known);
                    moved = true;
                }
            }
        }
        for (Correlation correlation : waiting) {
            String missing = missing(correlation, known);
            boolean circle = waiting.stream().anyMatch(other -> other.header().isCalled(missing));
            String reason = circle
                    ? "the correlation waits for '" + shown(missing) + "', which waits for it or cannot be used"
                    : "there is no rule '" + shown(missing) + "'";
            (circle ? problems : unresolved)
                    .add(new Problem(correlation.header().place(), reason));
        }
        return List.copyOf(ordered);
    }

    private static void name(Document document, Set<String> known) {
        if (document.header().id() != null) {
            known.add(document.header().id());
        }
        if (document.header().name() != null) {
            known.add(document.header().name());
        }
    }

    private static String missing(Correlation correlation, Set<String> known) {
        return correlation.rules().stream()
                .filter(rule -> !known.contains(rule))
                .findFirst()
                .orElse("");
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
