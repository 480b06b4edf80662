package dev.pawl.detect.sigma.logic;

/** Sigma compares without regard to case: two characters are the same if they fold to the same. */
public final class Fold {
    private Fold() {}

    /** As {@link String#regionMatches(boolean, int, String, int, int)} compares: first upper, then lower case. */
    public static char fold(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    public static String fold(String text) {
        char[] folded = new char[text.length()];
        for (int i = 0; i < folded.length; i++) {
            folded[i] = fold(text.charAt(i));
        }
        return new String(folded);
    }
}
