package dev.pawl.policy;

/** Makes text from outside fit to be read in a message or on a terminal. */
public final class Shown {
    private static final int LONGEST = 120;

    private Shown() {}

    /** The text with characters that steer a terminal replaced, cut after {@value #LONGEST} characters. */
    public static String clean(String text) {
        StringBuilder shown = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (count++ == LONGEST) {
                return shown.append('…').toString();
            }
            int c = text.codePointAt(i);
            shown.appendCodePoint(steers(c) ? '\ufffd' : c);
        }
        return shown.toString();
    }

    /** {@link #clean} in double quotes. */
    public static String quote(String text) {
        return '"' + clean(text) + '"';
    }

    /** Whether a character is no part of readable text: controls, line separators, invisible or unpaired ones. */
    public static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
