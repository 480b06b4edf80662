package dev.pawl.policy.cedar;

import java.util.Set;

/** Which identifiers may stand where. */
final class Words {
    private static final Set<String> RESERVED =
            Set.of("true", "false", "if", "then", "else", "in", "is", "like", "has");

    /** Cedar keeps this one for itself. */
    private static final String OWN = "__cedar";

    private Words() {}

    /** Why {@code identifier} may be neither a name nor an attribute, or "". */
    static String whyNot(String identifier) {
        if (RESERVED.contains(identifier)) {
            return "'" + identifier + "' is a word of the language and cannot be a name";
        }
        return identifier.equals(OWN) ? "'" + OWN + "' is kept for Cedar itself" : "";
    }

    /** Whether {@code text} can be written without quotes as an attribute. */
    static boolean plain(String text) {
        return identifier(text) && whyNot(text).isEmpty();
    }

    /** Whether {@code character} may begin an identifier. */
    static boolean letter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
    }

    /** Whether {@code text} is formed as an identifier. */
    static boolean identifier(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (!letter(character) && (at == 0 || character < '0' || character > '9')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= Limits.IDENTIFIER;
    }
}
