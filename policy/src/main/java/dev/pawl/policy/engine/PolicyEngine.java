package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Decision.Verdict;
import dev.pawl.core.Inspection;
import dev.pawl.core.Policy;
import dev.pawl.core.Terms;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Problem;
import dev.pawl.policy.Shown;
import dev.pawl.policy.cedar.Answer;
import dev.pawl.policy.cedar.Limits;
import dev.pawl.policy.cedar.PolicySet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Decides by the rules of one bundle, always alike: what none of them permits is denied. Thread-safe; never throws. */
public final class PolicyEngine implements Policy {
    private static final Decision FAILED = failed("");

    private final List<Section> sections;
    private final List<Rule> rules;
    private final Map<String, Terms> terms;
    private final String title;
    private final Steps steps;
    private final Recent recent = new Recent();

    /** The steps of a decision, each of which may fail. */
    record Steps(Function<Attempt, List<Question>> questions, Function<Question, Answer> answers, Mapping decisions) {
        /** From an answer to a decision. */
        @FunctionalInterface
        interface Mapping {
            Decision of(Attempt attempt, Question question, Answer answer);
        }
    }

    private PolicyEngine(
            List<Section> sections, List<Rule> rules, Map<String, Terms> terms, String title, Steps steps) {
        this.sections = List.copyOf(sections);
        this.rules = rules;
        this.terms = Map.copyOf(terms);
        this.title = title;
        this.steps = steps;
    }

    /**
     * The engine of a bundle.
     *
     * @throws CharterException if policies somebody wrote are no Cedar, two rules have one name, or there are too many
     */
    public static PolicyEngine of(PolicyBundle bundle) throws CharterException {
        List<Section> sections = Compiler.compile(bundle);
        List<Rule> rules = Compiler.rules(sections);
        String source = bundle.charter().source();
        if (rules.size() > Limits.POLICIES) {
            throw new CharterException(List.of(new Problem(
                    source, 0, 0, "makes " + rules.size() + " rules; at most " + Limits.POLICIES + " are allowed")));
        }
        Mentions mentions = new Mentions();
        rules.forEach(rule -> mentions.add(rule.policy()));
        Questions questions = new Questions(bundle, mentions.found());
        PolicySet policies = PolicySet.of(rules.stream().map(Rule::policy).toList());
        Verdicts verdicts = new Verdicts(rules, new Defaults(bundle.charter()));
        String title = "What " + bundle.charter().agent() + " may do, as Cedar. Of the rules that apply to an attempt,"
                + " the first one here names the decision. What no rule permits is denied.";
        Steps steps = new Steps(questions::of, question -> policies.decide(question.request(), question), verdicts::of);
        return new PolicyEngine(sections, rules, terms(rules, bundle), title, steps);
    }

    /** The same rules with other steps. */
    PolicyEngine with(Steps others) {
        return new PolicyEngine(sections, rules, terms, title, others);
    }

    private static Map<String, Terms> terms(List<Rule> rules, PolicyBundle bundle) {
        Map<String, Inspection> read = new HashMap<>();
        bundle.charter()
                .network()
                .allow()
                .forEach(grant -> grant.inspection().ifPresent(inspection -> read.put(grant.id(), inspection)));
        Map<String, Terms> terms = new HashMap<>();
        rules.forEach(rule -> rule.protocol()
                .ifPresent(protocol ->
                        terms.put(rule.id(), new Terms(protocol, Optional.ofNullable(read.get(rule.id()))))));
        return terms;
    }

    Steps steps() {
        return steps;
    }

    @Override
    public Decision decide(Attempt attempt) {
        try {
            Decision known = recent.of(attempt);
            if (known != null) {
                return known;
            }
            Decision decision = answered(attempt);
            recent.decided(attempt, decision);
            return decision;
        } catch (Throwable e) {
            return failed(e);
        }
    }

    /**
     * A denial of any question denies, else a question that needs a person's yes asks. A prohibition is the better reason
     * than that nothing grants one.
     */
    private Decision answered(Attempt attempt) {
        Decision own = FAILED;
        Decision ungranted = null;
        Decision carried = null;
        for (Question question : steps.questions().apply(attempt)) {
            Answer answer = steps.answers().apply(question);
            Decision decision = steps.decisions().of(attempt, question, answer);
            boolean denied = decision.verdict() == Verdict.DENY;
            if (denied && !decision.rule().equals(Ids.DEFAULT)) {
                return decision;
            }
            switch (question.kind()) {
                case ATTEMPT -> own = decision;
                case BELOW -> ungranted = ungranted == null && !decision.allowed() ? decision : ungranted;
                // Nobody grants what an address carries; that nothing does says nothing.
                case CARRIED -> carried = carried == null && decision.verdict() == Verdict.ASK ? decision : carried;
            }
        }
        if (own.verdict() != Verdict.DENY && ungranted != null) {
            return ungranted;
        }
        // Under the attempt's own rule: what may flow is what that one lets through.
        return own.allowed() && carried != null ? Decision.ask(own.rule(), carried.because()) : own;
    }

    /** What may flow under the rule with this id; empty for rules about what stays inside, and for unknown ids. */
    public Optional<Terms> termsOf(String ruleId) {
        return Optional.ofNullable(terms.get(ruleId));
    }

    /** All rules, in the order in which they name decisions. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rules as readable Cedar, in their order, with comments. */
    public String cedar() {
        StringBuilder text = new StringBuilder();
        Section.comment(text, title);
        sections.forEach(section -> section.writeTo(text));
        return text.toString();
    }

    /** Says no more than it can say without failing again. */
    private static Decision failed(Throwable e) {
        try {
            return failed(": " + Shown.clean(String.valueOf(e)));
        } catch (Throwable again) {
            return FAILED;
        }
    }

    private static Decision failed(String detail) {
        return Decision.deny(Ids.POLICY_ERROR, null, "the policy failed" + detail);
    }
}
