package dev.pawl.detect.sigma.pipeline;

import dev.pawl.detect.sigma.rule.Rule;

/**
 * One transformation and the conditions under which it is made.
 *
 * @param rules which rules
 * @param items which lines of them
 */
public record Step(Transformation transformation, RuleCondition rules, ItemCondition items) {
    Rule apply(Rule rule) {
        return rules.holds(rule) ? Transforming.apply(this, rule) : rule;
    }
}
