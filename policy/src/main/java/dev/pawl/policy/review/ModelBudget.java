package dev.pawl.policy.review;

import dev.pawl.core.Charter;
import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Period;
import dev.pawl.policy.ModelAmounts;
import java.util.List;
import java.util.stream.Stream;

/** Limits on what is used of models that nothing counts towards, or that one over a longer time is reached before. */
final class ModelBudget {
    private ModelBudget() {}

    static Stream<Warning> in(Charter charter) {
        List<ModelLimit> limits = charter.budget().model();
        boolean counted = charter.network().allow().stream()
                .anyMatch(grant -> grant.inspection().isPresent());
        Stream<Warning> uncounted = limits.isEmpty() || counted
                ? Stream.empty()
                : Stream.of(
                        new Warning(
                                "budget.model",
                                "no grant is inspected, so no call of a model is counted; add inspect: true to the model's host"));
        return Stream.concat(uncounted, unreached(limits));
    }

    private static Stream<Warning> unreached(List<ModelLimit> limits) {
        return limits.stream()
                .filter(limit -> limit.period() != Period.RUN)
                .flatMap(limit -> limits.stream()
                        .filter(longer -> longer.measure() == limit.measure()
                                && longer.period().compareTo(limit.period()) > 0
                                && longer.amount() <= limit.amount())
                        .limit(1)
                        .map(longer -> new Warning(
                                "budget.model." + limit.measure().text(),
                                ModelAmounts.text(limit) + " is never reached: " + ModelAmounts.text(longer)
                                        + " is spent before")));
    }
}
