package dev.pawl.detect.sigma.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The characters by which a trigger is found: four of its text, or all of a shorter one.
 *
 * @param text the characters, folded, 16 bits each, the last one lowest
 * @param width how many they are
 * @param reach from the first character of the trigger to the last of these
 */
record Gram(long text, int width, int reach) {
    static final int WIDEST = 4;

    /** One for each trigger: the characters that are rarest in values, as far as the texts of all triggers tell. */
    static List<Gram> choose(List<Trigger> triggers) {
        Map<Long, Integer> counts = new HashMap<>();
        for (Trigger trigger : triggers) {
            for (int from = 0; from < trigger.length(); from++) {
                counts.merge(text(trigger, from, 1), 1, Integer::sum);
                if (from + 1 < trigger.length()) {
                    counts.merge(text(trigger, from, 2), 1, Integer::sum);
                }
            }
        }
        return triggers.stream().map(trigger -> rarest(trigger, counts)).toList();
    }

    private static Gram rarest(Trigger trigger, Map<Long, Integer> counts) {
        int width = Math.min(WIDEST, trigger.length());
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int from = 0; from + width <= trigger.length(); from++) {
            double chance = chance(trigger, from, width, counts);
            if (chance < least) {
                least = chance;
                best = from;
            }
        }
        return new Gram(text(trigger, best, width), width, best + width - 1);
    }

    /** How likely the characters follow each other, each pair taken by itself. Marks stand once in a value. */
    private static double chance(Trigger trigger, int from, int width, Map<Long, Integer> counts) {
        double chance = 1;
        for (int i = from; i + 1 < from + width; i++) {
            chance *= counts.getOrDefault(text(trigger, i, 2), 1);
            chance /= i == from ? 1 : counts.getOrDefault(text(trigger, i, 1), 1);
        }
        boolean marked = (from == 0 && trigger.atStart()) || (from + width == trigger.length() && trigger.atEnd());
        return marked ? chance / 32 : chance;
    }

    private static long text(Trigger trigger, int from, int width) {
        long text = 0;
        for (int i = from; i < from + width; i++) {
            text = text << 16 | trigger.at(i);
        }
        return text;
    }
}
