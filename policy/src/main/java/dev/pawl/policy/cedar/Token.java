package dev.pawl.policy.cedar;

/**
 * One word of a policy text.
 *
 * @param text as it stands in the text, for a string with its quotes
 * @param offset where it begins, in UTF-16 units
 */
record Token(Kind kind, String text, int offset) {
    /** What a word is. */
    enum Kind {
        IDENTIFIER,
        NUMBER,
        STRING,
        SLOT,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return (kind == Kind.SYMBOL || kind == Kind.IDENTIFIER) && text.equals(symbol);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the text";
            case STRING -> "the string " + (text.length() > 60 ? text.substring(0, 60) + "..." : text);
            case IDENTIFIER, NUMBER, SLOT, SYMBOL ->
                "'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'";
        };
    }
}
