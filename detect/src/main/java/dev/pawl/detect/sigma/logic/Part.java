package dev.pawl.detect.sigma.logic;

import java.util.ArrayList;
import java.util.List;

/** A piece of a value with wildcards. */
public sealed interface Part {
    /** These characters. */
    record Literal(String text) implements Part {}

    /** Something that stands for other characters. */
    enum Wild implements Part {
        /** Exactly one character: {@code ?}. */
        ONE,
        /** Any number of characters: {@code *}. */
        RUN,
        /** One of the characters that introduce an option on Windows, as {@code windash} asks. */
        DASH;

        /** Whether {@link #DASH} stands for this character: hyphen, slash, en dash, em dash, horizontal bar. */
        public static boolean isDash(char c) {
            return c == '-' || c == '/' || (c >= '\u2013' && c <= '\u2015');
        }
    }

    /**
     * Reads wildcards and escapes. A backslash escapes * and ? and itself; before anything else it is a backslash.
     */
    static List<Part> read(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "*?\\".indexOf(text.charAt(i + 1)) >= 0) {
                literal.append(text.charAt(++i));
            } else if (c == '*' || c == '?') {
                flush(parts, literal);
                parts.add(c == '*' ? Wild.RUN : Wild.ONE);
            } else {
                literal.append(c);
            }
        }
        flush(parts, literal);
        return normal(parts);
    }

    /** The same with adjacent literals joined and adjacent runs made one, so that equal patterns are equal lists. */
    static List<Part> normal(List<Part> parts) {
        List<Part> normal = new ArrayList<>();
        for (Part part : parts) {
            Part last = normal.isEmpty() ? null : normal.getLast();
            if (part instanceof Literal(String text) && last instanceof Literal(String before)) {
                normal.set(normal.size() - 1, new Literal(before + text));
            } else if (part != Wild.RUN || last != Wild.RUN) {
                normal.add(part);
            }
        }
        return List.copyOf(normal);
    }

    private static void flush(List<Part> parts, StringBuilder literal) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
