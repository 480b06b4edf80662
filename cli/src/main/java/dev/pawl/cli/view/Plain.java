package dev.pawl.cli.view;

/**
 * Makes text an agent chose harmless to a terminal: whatever a terminal would obey (control characters) or hide and
 * reorder (format characters) is shown as an escape instead.
 */
public final class Plain {
    private Plain() {}

    /** The text on one line, at most {@code limit} characters; a cut one ends in …. */
    public static String text(String text, int limit) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), limit) + 8);
        int i = 0;
        while (i < text.length()) {
            int character = text.codePointAt(i);
            String shown = shown(character);
            if (plain.length() + shown.length() > limit) {
                return fit(plain, limit);
            }
            plain.append(shown);
            i += Character.charCount(character);
        }
        return plain.toString();
    }

    /** The text on one line, whole. */
    public static String text(String text) {
        return text(text, Integer.MAX_VALUE);
    }

    private static String fit(StringBuilder plain, int limit) {
        if (plain.length() >= limit && !plain.isEmpty()) {
            plain.setLength(plain.offsetByCodePoints(plain.length(), -1));
        }
        return plain.append('…').toString();
    }

    private static String shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> escape(character);
            default -> Character.toString(character);
        };
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default ->
                character < 0x100
                        ? "\\x" + Character.forDigit(character >> 4, 16) + Character.forDigit(character & 15, 16)
                        : "\\u{" + Integer.toHexString(character) + "}";
        };
    }
}
