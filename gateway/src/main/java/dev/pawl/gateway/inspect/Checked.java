package dev.pawl.gateway.inspect;

/** Looks that a head somebody changed can be written without becoming another message. */
final class Checked {
    private Checked() {}

    /** What was made of a head. One that nobody changed was sound when it came, and is not looked at again. */
    @SuppressWarnings("ReferenceEquality") // An equal one costs a look, and no more.
    static Head head(Head came, Head made) {
        return made == came ? made : head(made);
    }

    /**
     * The same head.
     *
     * @throws IllegalStateException if it cannot be written
     */
    static Head head(Head head) {
        boolean sound = isTarget(head.target()) && HeadReader.isToken(head.method());
        for (Header field : head.headers()) {
            sound &= HeadReader.isToken(field.name()) && isValue(field.value()) && !frames(field);
        }
        if (!sound) {
            throw new IllegalStateException("a head was changed into none");
        }
        return head;
    }

    private static boolean isTarget(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return !target.isEmpty();
    }

    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c == 0x7f || c >= 0x100)) {
                return false;
            }
        }
        return true;
    }

    private static boolean frames(Header field) {
        return field.is("Content-Length")
                || field.is("Transfer-Encoding")
                || field.is("Host")
                || field.is("Connection");
    }
}
