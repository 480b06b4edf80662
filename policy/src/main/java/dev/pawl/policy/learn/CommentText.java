package dev.pawl.policy.learn;

/**
 * Makes text that an agent chose fit for a comment of a charter. Printable ASCII stays; everything else becomes an
 * escape, so that nothing ends the line, hides, reorders what is read, or keeps the file from being YAML.
 */
final class CommentText {
    private CommentText() {}

    /** The text on one line, at most {@code limit} characters; a cut one ends in three dots. */
    static String of(String text, int limit) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            String shown = shown(text.codePointAt(i));
            if (plain.length() + shown.length() > limit) {
                return plain.append("...").toString();
            }
            plain.append(shown);
        }
        return plain.toString();
    }

    private static String shown(int character) {
        if (character == '\\') {
            return "\\\\";
        }
        return character >= ' ' && character <= '~'
                ? Character.toString(character)
                : "\\u{" + Integer.toHexString(character) + "}";
    }
}
