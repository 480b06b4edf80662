package dev.pawl.policy.cedar;

/** Writes string literals: the counterpart of {@link Escapes}. */
final class Quotes {
    private Quotes() {}

    /** {@code text} as a literal, quotes included. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        out.append('"');
        append(out, text);
        return out.append('"').toString();
    }

    /** {@code text} as the inside of a literal. */
    static void append(StringBuilder out, String text) {
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            switch (character) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0 -> out.append("\\0");
                default -> {
                    if (visible(character)) {
                        out.appendCodePoint(character);
                    } else {
                        out.append("\\u{")
                                .append(Integer.toHexString(character))
                                .append('}');
                    }
                }
            }
        }
    }

    /** Whether the character shows as itself: no controls, no marks that turn text around, no lone surrogates. */
    private static boolean visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
