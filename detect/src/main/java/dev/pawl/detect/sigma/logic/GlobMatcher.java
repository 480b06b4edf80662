package dev.pawl.detect.sigma.logic;

import java.util.ArrayList;
import java.util.List;

/**
 * A compiled {@link Glob}. Goes back to the last run of any characters only, so a match costs at most the length of the
 * value times the length of the pattern, and nothing is ever tried twice for two runs. Immutable, thread-safe.
 */
public final class GlobMatcher {
    private static final int ONE = -1;
    private static final int RUN = -2;
    private static final int DASH = -3;

    private final int[] tokens;
    private final boolean cased;

    GlobMatcher(Glob glob) {
        this.cased = glob.cased();
        List<Integer> list = new ArrayList<>();
        for (Part part : glob.parts()) {
            switch (part) {
                case Part.Literal(String text) -> text.chars().forEach(c -> list.add(fold((char) c)));
                case Part.Wild wild ->
                    list.add(
                            switch (wild) {
                                case ONE -> ONE;
                                case RUN -> RUN;
                                case DASH -> DASH;
                            });
            }
        }
        this.tokens = list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether the whole text fits. */
    public boolean matches(String text) {
        int t = 0;
        int i = 0;
        int run = -1;
        int mark = 0;
        while (i < text.length()) {
            int token = t < tokens.length ? tokens[t] : 0;
            if (t < tokens.length && token == RUN) {
                run = t++;
                mark = i;
            } else if (t < tokens.length && fits(token, text.charAt(i))) {
                i += token == ONE && pair(text, i) ? 2 : 1;
                t++;
            } else if (run >= 0) {
                t = run + 1;
                i = ++mark;
            } else {
                return false;
            }
        }
        while (t < tokens.length && tokens[t] == RUN) {
            t++;
        }
        return t == tokens.length;
    }

    private boolean fits(int token, char c) {
        return switch (token) {
            case ONE -> true;
            case DASH -> Part.Wild.isDash(c);
            default -> token == fold(c);
        };
    }

    private static boolean pair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private int fold(char c) {
        return cased ? c : Fold.fold(c);
    }
}
