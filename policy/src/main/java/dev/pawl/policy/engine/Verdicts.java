package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.policy.Shown;
import dev.pawl.policy.cedar.Answer;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From Cedar's answers to decisions. Cedar skips a policy that fails; here a prohibition that fails denies, so that
 * nothing widens by failing. And a permission may want a person's yes first. Immutable and thread-safe.
 */
final class Verdicts {
    private static final int MOST_FAILURES = 3;

    private final Map<String, Rule> rules = new HashMap<>();
    private final Map<String, Decision> permitted = new HashMap<>();
    private final Defaults defaults;

    Verdicts(List<Rule> rules, Defaults defaults) {
        for (Rule rule : rules) {
            this.rules.put(rule.id(), rule);
            if (!rule.forbids() && rule.ask().isEmpty()) {
                permitted.put(rule.id(), Decision.allow(rule.id(), rule.because()));
            }
        }
        this.defaults = defaults;
    }

    /** What one answer means. For a carried address only a denial by a prohibition means anything. */
    Decision of(Attempt attempt, Question question, Answer answer) {
        for (CedarPolicy policy : answer.allowed() ? List.<CedarPolicy>of() : answer.determining()) {
            Rule rule = rule(policy);
            if (counts(rule, question)) {
                return Decision.deny(rule.id(), rule.boundary().orElse(null), Reasons.of(rule, attempt, question));
            }
        }
        for (Failure failure : answer.failures()) {
            Rule rule = rule(failure.policy());
            if (rule.forbids() && counts(rule, question)) {
                String because = Reasons.subject(attempt, question) + " is refused, since the rule could not be"
                        + " evaluated: " + Shown.clean(failure.message());
                return Decision.deny(rule.id(), rule.boundary().orElse(null), because);
            }
        }
        Decision decision = answer.allowed()
                ? permitted(attempt, question, answer.determining())
                : defaults.deny(attempt, question);
        return answer.failures().isEmpty() ? decision : with(decision, answer.failures());
    }

    /** Who has one permission that asks nobody needs none that asks; else the first of them asks. */
    private Decision permitted(Attempt attempt, Question question, List<CedarPolicy> satisfied) {
        for (CedarPolicy policy : satisfied) {
            Decision allowed = permitted.get(policy.id());
            if (allowed != null) {
                return allowed;
            }
        }
        return asked(attempt, question, rule(satisfied.getFirst()));
    }

    private static Decision asked(Attempt attempt, Question question, Rule rule) {
        String reason = rule.ask().orElseThrow();
        return switch (attempt) {
            // A name reaches nothing; whoever connects to it is asked about. Nor could the question be held: who asks
            // for a name gives up after seconds.
            case Attempt.Resolve _ ->
                Decision.allow(rule.id(), rule.because() + "; connecting to it needs a person's yes");
            // Decided before there is a run to hold, so it stays ungranted.
            case Attempt.Mount _ ->
                Decision.deny(
                        Ids.DEFAULT,
                        null,
                        Reasons.subject(attempt, question) + " is granted with a question only (rule " + rule.id()
                                + "), and what is shown is decided before a run, when nobody can be asked; grant it"
                                + " without @ask");
            case Attempt.Exec _,
                    Attempt.Connect _,
                    Attempt.Dial _,
                    Attempt.Request _,
                    Attempt.Leak _,
                    Attempt.Spend _,
                    Attempt.Speak _,
                    Attempt.Tool _,
                    Attempt.LocalConnect _ -> Decision.ask(rule.id(), Reasons.asking(attempt, question, reason));
        };
    }

    /** What an address carries is special or ordinary as the address is; that was decided about the address itself. */
    private static boolean counts(Rule rule, Question question) {
        return question.kind() != Question.Kind.CARRIED || !rule.id().equals(Ids.PRIVATE_ADDRESS);
    }

    private Rule rule(CedarPolicy policy) {
        Rule rule = rules.get(policy.id());
        if (rule == null) {
            throw new IllegalStateException("no rule is called " + policy.id());
        }
        return rule;
    }

    private static Decision with(Decision decision, List<Failure> failures) {
        StringBuilder because = new StringBuilder(decision.because());
        for (Failure failure : failures.subList(0, Math.min(MOST_FAILURES, failures.size()))) {
            because.append("; the rule ")
                    .append(Shown.clean(failure.policy().id()))
                    .append(" could not be evaluated: ")
                    .append(Shown.clean(failure.message()));
        }
        if (failures.size() > MOST_FAILURES) {
            because.append("; nor could ")
                    .append(failures.size() - MOST_FAILURES)
                    .append(" more");
        }
        return new Decision(
                decision.verdict(), decision.rule(), decision.boundary(), because.toString(), decision.by());
    }
}
