package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.logic.Fold;

/**
 * A text that must stand in a value for an atom to hold.
 * The text is folded, with {@link #START} before it if it stands at the beginning of the value and {@link #END} after it if at the end. It decides if it is all the atom asks for.
 */
final class Trigger {
    /** Not characters; a value that holds them all the same gains nothing, since places are compared too. */
    static final char START = '\uffff';

    static final char END = '\ufffe';

    private final int atom;
    private final char[] text;
    private final boolean decides;

    Trigger(int atom, String text, boolean decides) {
        this.atom = atom;
        this.text = text.toCharArray();
        this.decides = decides;
    }

    int atom() {
        return atom;
    }

    boolean decides() {
        return decides;
    }

    int length() {
        return text.length;
    }

    char at(int i) {
        return text[i];
    }

    boolean atStart() {
        return text[0] == START;
    }

    boolean atEnd() {
        return text[text.length - 1] == END;
    }

    /** Whether the text stands at {@code from} in the value, which has both marks around it. */
    boolean standsAt(char[] value, int length, int from) {
        if (from < 0 || from + text.length > length) {
            return false;
        }
        if ((text[0] == START && from != 0) || (text[text.length - 1] == END && from + text.length != length)) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (Fold.fold(value[from + i]) != text[i]) {
                return false;
            }
        }
        return true;
    }
}
