package dev.pawl.detect.sigma.logic;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an expression.
 *
 * @param exact all texts it matches, folded, where these are few; else null
 * @param found texts, folded, one of which every match holds; empty where none is known; unused where exact is known
 * @param size an estimate of its program, in instructions
 */
record RegexPart(@Nullable Set<String> exact, Set<String> found, long size) {
    private static final int MOST_TEXTS = 24;
    private static final int LONGEST = 48;
    private static final int SHORTEST = 2;

    static final RegexPart EMPTY = new RegexPart(Set.of(""), Set.of(), 0);
    static final RegexPart ANY = unknown(1);

    static RegexPart literal(char c) {
        return new RegexPart(Set.of(String.valueOf(Fold.fold(c))), Set.of(), 1);
    }

    static RegexPart unknown(long size) {
        return new RegexPart(null, Set.of(), size);
    }

    /** Texts every match holds one of; empty where no useful ones are known. */
    Set<String> needed() {
        Set<String> texts = exact == null ? found : exact;
        return shortest(texts) < SHORTEST ? Set.of() : texts;
    }

    static RegexPart either(RegexPart one, RegexPart other) {
        long size = one.size + other.size + 1;
        if (one.exact != null && other.exact != null && one.exact.size() + other.exact.size() <= MOST_TEXTS) {
            return new RegexPart(union(one.exact, other.exact), Set.of(), size);
        }
        Set<String> a = one.needed();
        Set<String> b = other.needed();
        boolean both = !a.isEmpty() && !b.isEmpty() && a.size() + b.size() <= MOST_TEXTS;
        return new RegexPart(null, both ? union(a, b) : Set.of(), size);
    }

    /** Whether the texts of both, one after the other, are still few and short. */
    static boolean joinable(RegexPart one, RegexPart other) {
        return one.exact != null
                && other.exact != null
                && one.exact.size() * other.exact.size() <= MOST_TEXTS
                && longest(one.exact) + longest(other.exact) <= LONGEST;
    }

    /** One after the other, both exact. */
    static RegexPart join(RegexPart one, RegexPart other) {
        Set<String> joined = new HashSet<>();
        for (String before : one.exact == null ? Set.<String>of() : one.exact) {
            for (String after : other.exact == null ? Set.<String>of() : other.exact) {
                joined.add(before + after);
            }
        }
        return new RegexPart(joined, Set.of(), one.size + other.size);
    }

    /** One after the other, of which only the better needed texts are kept. */
    static RegexPart then(RegexPart one, RegexPart other) {
        Set<String> a = one.needed();
        Set<String> b = other.needed();
        return new RegexPart(null, shortest(a) >= shortest(b) ? a : b, one.size + other.size);
    }

    static RegexPart optional(RegexPart part) {
        return unknown(part.size + 1);
    }

    static RegexPart repeat(RegexPart part, int least, int most) {
        return least == 1 && most == 1
                ? part
                : new RegexPart(null, part.needed(), part.size * Math.max(1, Math.max(least, most)) + 1);
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> both = new HashSet<>(a);
        both.addAll(b);
        return both;
    }

    /** The length of the shortest; 0 where there is none. */
    private static int shortest(Set<String> texts) {
        return texts.stream().mapToInt(String::length).min().orElse(0);
    }

    private static int longest(Set<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }
}
