package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.logic.Check;
import dev.pawl.detect.sigma.logic.Fold;
import dev.pawl.detect.sigma.logic.Glob;
import dev.pawl.detect.sigma.logic.Part;
import dev.pawl.detect.sigma.logic.Regex;
import java.util.List;

/** Finds texts without which a check cannot hold. */
final class Triggers {
    /** A text shorter than this, marks included, has no pair of characters to look up. */
    static final int SHORTEST = 2;

    private Triggers() {}

    /** Triggers of which one must be seen; empty where the check can hold without any text. */
    static List<Trigger> of(int atom, Check check) {
        return switch (check) {
            case Glob glob -> glob(atom, glob);
            case Regex regex ->
                regex.needed().stream()
                        .sorted()
                        .map(text -> new Trigger(atom, text, false))
                        .toList();
            case Check.Cidr ignored -> List.of();
            case Check.Exists ignored -> List.of();
            case Check.Absent ignored -> List.of();
            case Check.SameAs ignored -> List.of();
            case Check.Compare ignored -> List.of();
            case Check.Date ignored -> List.of();
        };
    }

    private static List<Trigger> glob(int atom, Glob glob) {
        List<Part> parts = glob.parts();
        if (parts.isEmpty()) {
            return List.of(new Trigger(atom, "" + Trigger.START + Trigger.END, true));
        }
        String best = "";
        int literals = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Literal(String text)) {
                literals++;
                String marked =
                        (i == 0 ? Trigger.START : "") + Fold.fold(text) + (i == parts.size() - 1 ? Trigger.END : "");
                best = marked.length() > best.length() ? marked : best;
            }
        }
        if (best.length() < SHORTEST) {
            return List.of();
        }
        boolean runsOnly = parts.stream().noneMatch(part -> part == Part.Wild.ONE || part == Part.Wild.DASH);
        return List.of(new Trigger(atom, best, literals == 1 && runsOnly && !glob.cased()));
    }
}
