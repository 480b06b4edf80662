package dev.pawl.detect.sigma.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What must be seen before a rule can hold: one of these atoms, or a value in one of these fields.
 *
 * @param cost how often this is seen, in no unit; infinite where the rule can hold without seeing anything
 */
record Pivot(double cost, List<Integer> atoms, List<Integer> fields) {
    private static final Pivot NOTHING = new Pivot(Double.POSITIVE_INFINITY, List.of(), List.of());
    private static final double FIELD = 40;

    static Pivot of(Node node, Atoms atoms) {
        return switch (node) {
            case Node.Atom(int number) -> atom(number, atoms);
            case Node.None ignored -> NOTHING;
            case Node.Every every -> {
                Pivot best = NOTHING;
                for (Node part : every.parts()) {
                    Pivot pivot = of(part, atoms);
                    best = pivot.cost < best.cost ? pivot : best;
                }
                yield best;
            }
            case Node.Some some -> {
                Pivot all = new Pivot(0, List.of(), List.of());
                for (Node part : some.parts()) {
                    all = all.cost == Double.POSITIVE_INFINITY ? all : all.or(of(part, atoms));
                }
                yield all;
            }
        };
    }

    private static Pivot atom(int number, Atoms atoms) {
        List<Trigger> triggers = atoms.triggers(number);
        if (!triggers.isEmpty()) {
            double cost = 0;
            for (Trigger trigger : triggers) {
                cost += 64
                        * Math.pow(0.6, Math.min(16, trigger.length()))
                        * (trigger.atStart() || trigger.atEnd() ? 0.5 : 1);
            }
            return new Pivot(cost, List.of(number), List.of());
        }
        return atoms.needsField(number) ? new Pivot(FIELD, List.of(), List.of(atoms.field(number))) : NOTHING;
    }

    private Pivot or(Pivot other) {
        if (other.cost == Double.POSITIVE_INFINITY) {
            return NOTHING;
        }
        return new Pivot(cost + other.cost, joined(atoms, other.atoms), joined(fields, other.fields));
    }

    private static List<Integer> joined(List<Integer> one, List<Integer> other) {
        List<Integer> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
