package dev.pawl.cli;

import dev.pawl.core.Boundary;
import dev.pawl.core.Decision;
import dev.pawl.drill.rome.Act;
import dev.pawl.policy.Drills;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.PolicyEngine;
import dev.pawl.policy.engine.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Whether each boundary is taught, enforced and shown. Enforced means: every attempt of its drill is refused by this
 * boundary and no other, and every one of its rules is what refuses one of them.
 *
 * @param boundaries what there should be
 * @param told what the agent reads
 * @param engine what decides, under a charter that grants all it can
 * @param acts the rows of the rehearsal
 * @param surroundings what paths in drills mean
 */
record BoundaryProof(
        List<Boundary> boundaries, String told, PolicyEngine engine, List<Act> acts, Surroundings surroundings) {
    /** Everything that is missing, a line each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Boundary boundary : boundaries) {
            if (!taught(boundary)) {
                problems.add(boundary.id() + " is not taught");
            }
            drill(boundary, problems);
            shown(boundary, problems);
        }
        for (Rule rule : engine.rules()) {
            rule.boundary()
                    .filter(id -> rule.forbids() && !named(id))
                    .ifPresent(id -> problems.add(rule.id() + " enforces " + id + ", which is not taught"));
        }
        return problems;
    }

    private boolean taught(Boundary boundary) {
        return told.contains(
                "**" + boundary.id() + "** Never: " + boundary.never() + ". Because: " + boundary.because());
    }

    private boolean named(String id) {
        return told.contains("**" + id + "** Never: ");
    }

    private void drill(Boundary boundary, List<String> problems) {
        Set<String> reached = new HashSet<>();
        for (String line : boundary.drill()) {
            Decision decision = engine.decide(Drills.attempt(line, surroundings));
            if (decision.allowed()) {
                problems.add(boundary.id() + " is not enforced: " + line + " is allowed by " + decision.rule());
            } else if (!Objects.equals(decision.boundary(), boundary.id())) {
                problems.add(boundary.id() + " does not refuse " + line + ": " + decision.rule() + " of "
                        + decision.boundary() + " does");
            }
            reached.add(decision.rule());
        }
        if (boundary.drill().isEmpty()) {
            problems.add(boundary.id() + " has no drill");
        }
        List<String> rules = engine.rules().stream()
                .filter(rule -> rule.forbids()
                        && rule.boundary().filter(boundary.id()::equals).isPresent())
                .map(Rule::id)
                .toList();
        if (rules.isEmpty()) {
            problems.add(boundary.id() + " has no rule");
        }
        rules.stream()
                .filter(rule -> !reached.contains(rule))
                .forEach(rule -> problems.add(boundary.id() + ": no drill reaches " + rule));
    }

    private void shown(Boundary boundary, List<String> problems) {
        boolean row = acts.stream()
                .anyMatch(act ->
                        act.id().equals(boundary.demo()) && act.boundary().equals(boundary.id()));
        if (!row) {
            problems.add(boundary.id() + " has no row of the demo: " + boundary.demo());
        }
    }
}
