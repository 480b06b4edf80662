package dev.pawl.policy.engine;

import dev.pawl.core.Charter;
import dev.pawl.core.Protocol;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyFile;
import dev.pawl.policy.Problem;
import dev.pawl.policy.Shown;
import dev.pawl.policy.cedar.CedarException;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Effect;
import dev.pawl.policy.cedar.Policies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Policies that somebody wrote in Cedar, made rules: what their annotations leave out is filled in. */
final class OwnPolicies {
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_BECAUSE = 500;

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> boundaries;

    /** {@code boundaries} are the ids an annotation may name. */
    OwnPolicies(Set<String> boundaries) {
        this.boundaries = boundaries;
    }

    List<Problem> problems() {
        return problems;
    }

    List<Rule> of(PolicyFile file) {
        String name = Shown.clean(file.source());
        return read(file.source(), file.text(), name + ":", "", Map.of("because", "a rule of " + name + " says so"));
    }

    /** Prohibitions of a boundary, which stands behind them. */
    List<Rule> of(String source, String boundary, String because, String text) {
        Map<String, String> usual = new LinkedHashMap<>();
        usual.put("boundary", boundary);
        usual.put("because", because);
        return read(source, text, boundary + ".cedar[", "]", usual);
    }

    private List<Rule> read(String source, String text, String before, String after, Map<String, String> usual) {
        List<CedarPolicy> policies;
        try {
            policies = Policies.parse(source, text);
        } catch (CedarException e) {
            problems.add(new Problem(source, e.line(), e.column(), String.valueOf(e.getMessage())));
            return List.of();
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            rules.add(rule(policies.get(i), before + i + after, usual));
        }
        return rules;
    }

    private Rule rule(CedarPolicy policy, String usualId, Map<String, String> usual) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("id", said(policy, "id", usualId));
        usual.forEach((name, value) -> annotations.put(name, said(policy, name, value)));
        if (policy.effect() == Effect.PERMIT) {
            annotations.put("protocol", said(policy, "protocol", "tls"));
        }
        if (policy.annotations().containsKey(Rules.ASK)) {
            annotations.put(Rules.ASK, said(policy, Rules.ASK, Charter.Asks.NO_REASON));
        }
        policy.annotations().forEach(annotations::putIfAbsent);
        check(policy, annotations, usualId);
        CedarPolicy complete = new CedarPolicy(
                annotations.getOrDefault("id", usualId),
                policy.effect(),
                annotations,
                policy.scope(),
                policy.conditions(),
                policy.source(),
                policy.line());
        return Rules.of(complete);
    }

    private void check(CedarPolicy policy, Map<String, String> annotations, String usualId) {
        String id = annotations.getOrDefault("id", usualId);
        if (Ids.RESERVED.contains(id)) {
            problem(
                    policy,
                    "@id is " + Shown.quote(id) + ", which is the name of a rule of Pawl's own; choose another");
        }
        if (id.length() > LONGEST_ID || id.codePoints().anyMatch(Shown::steers)) {
            problem(policy, "@id is no line of 1 to " + LONGEST_ID + " readable characters");
        }
        String because = annotations.getOrDefault("because", "");
        if (because.length() > LONGEST_BECAUSE || because.codePoints().anyMatch(Shown::steers)) {
            problem(policy, "@because is no line of 1 to " + LONGEST_BECAUSE + " readable characters");
        }
        String boundary = annotations.get("boundary");
        if (boundary != null && !boundaries.contains(boundary)) {
            problem(
                    policy,
                    "@boundary is " + Shown.quote(boundary) + ", and no boundary has that id; known: "
                            + String.join(", ", boundaries));
        }
        String protocol = annotations.get("protocol");
        if (protocol != null && policy.effect() == Effect.FORBID) {
            problem(policy, "@protocol stands on a forbid; it says what may flow under a permit");
        } else if (protocol != null && !Rules.PROTOCOLS.containsKey(protocol)) {
            problem(
                    policy,
                    "@protocol is " + Shown.quote(protocol) + "; allowed: "
                            + Arrays.stream(Protocol.values())
                                    .map(Protocol::text)
                                    .collect(Collectors.joining(", ")));
        }
        ask(policy, annotations.getOrDefault(Rules.ASK, ""));
    }

    private void ask(CedarPolicy policy, String reason) {
        if (policy.annotations().containsKey(Rules.ASK) && policy.effect() == Effect.FORBID) {
            problem(policy, "@ask stands on a forbid; it says that a person is asked before what a permit allows");
        } else if (reason.codePointCount(0, reason.length()) > Charter.Asks.LONGEST_REASON
                || reason.codePoints().anyMatch(Shown::steers)) {
            problem(policy, "@ask is no line of 1 to " + Charter.Asks.LONGEST_REASON + " readable characters");
        }
    }

    /** What the annotation says, or the usual where it is missing or empty. */
    private static String said(CedarPolicy policy, String name, String usual) {
        String value = policy.annotations().getOrDefault(name, "");
        return value.isBlank() ? usual : value;
    }

    private void problem(CedarPolicy policy, String message) {
        problems.add(new Problem(policy.source(), policy.line(), 1, message));
    }

    /** Two rules with one name could not be told apart in an event. */
    void distinct(List<Rule> rules) throws CharterException {
        Map<String, Rule> seen = new LinkedHashMap<>();
        for (Rule rule : rules) {
            Rule before = seen.putIfAbsent(rule.id(), rule);
            if (before != null) {
                problem(
                        rule.policy(),
                        "the id " + Shown.quote(rule.id()) + " is taken"
                                + (before.policy().source().isEmpty() ? "" : " by the rule at " + place(before))
                                + "; every rule needs one of its own");
            }
        }
        if (!problems.isEmpty()) {
            throw new CharterException(problems);
        }
    }

    private static String place(Rule rule) {
        return String.format(
                Locale.ROOT,
                "%s:%d",
                Shown.clean(rule.policy().source()),
                rule.policy().line());
    }
}
