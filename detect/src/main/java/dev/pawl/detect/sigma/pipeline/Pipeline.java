package dev.pawl.detect.sigma.pipeline;

import dev.pawl.detect.sigma.rule.Filter;
import dev.pawl.detect.sigma.rule.LogSource;
import dev.pawl.detect.sigma.rule.Rule;
import dev.pawl.detect.sigma.yaml.Fault;
import java.util.List;
import java.util.stream.Stream;

/**
 * Transformations of rules, in order.
 *
 * @param name for people
 */
public record Pipeline(String name, List<Step> steps) {
    /** Leaves every rule as it is. */
    public static final Pipeline NONE = new Pipeline("none", List.of());

    /** Asks every rule about every event, for who tries one rule on one event. */
    public static final Pipeline ANY_SOURCE = new Pipeline(
            "any source",
            List.of(new Step(
                    new Transformation.ChangeSource(new LogSource(null, null, null)),
                    new RuleCondition.Of(true, false, List.of()),
                    new ItemCondition.Of(true, false, List.of()))));

    public Pipeline {
        steps = List.copyOf(steps);
    }

    /** This pipeline, then the other. */
    public Pipeline then(Pipeline next) {
        return new Pipeline(
                name + ", " + next.name,
                Stream.concat(steps.stream(), next.steps.stream()).toList());
    }

    /**
     * The rule after all steps.
     *
     * @throws Fault if a step refuses the rule
     */
    public Rule apply(Rule rule) {
        Rule result = rule;
        for (Step step : steps) {
            result = step.apply(result);
        }
        return result;
    }

    /** The filter with its detection after all steps; conditions of a step look at the filter's log source. */
    public Filter apply(Filter filter) {
        Rule rule = apply(new Rule(filter.header(), filter.source(), filter.detection()));
        return new Filter(filter.header(), filter.source(), filter.rules(), rule.detection());
    }
}
