package dev.pawl.policy.review;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Period;
import dev.pawl.policy.ModelAmounts;
import java.util.List;
import java.util.stream.Stream;

/** Limits on what is used of models that are never reached, since one over a longer time is reached first. */
final class ModelBudget {
    private ModelBudget() {}

    static Stream<Warning> in(List<ModelLimit> limits) {
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
