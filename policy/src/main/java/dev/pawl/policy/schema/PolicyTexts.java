package dev.pawl.policy.schema;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text of several policies into its policies, so that each can be checked by itself and keeps its place. */
final class PolicyTexts {
    private final String text;
    private int at;
    private int line = 1;
    private int column = 1;

    private PolicyTexts(String text) {
        this.text = text;
    }

    /** One policy: from its first character to its semicolon. */
    record Piece(int line, int column, String text) {}

    /**
     * The policies of a text that parses; a semicolon outside of strings and comments ends each. What follows the last
     * is nothing but space and comments.
     */
    static List<Piece> of(String text) {
        PolicyTexts texts = new PolicyTexts(text);
        List<Piece> pieces = new ArrayList<>();
        while (texts.skip()) {
            pieces.add(texts.piece());
        }
        return List.copyOf(pieces);
    }

    /** Goes to the next policy. */
    private boolean skip() {
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                comment();
            } else if (Character.isWhitespace(text.codePointAt(at))) {
                step();
            } else {
                return true;
            }
        }
        return false;
    }

    private Piece piece() {
        int from = at;
        int fromLine = line;
        int fromColumn = column;
        boolean open = true;
        while (open && at < text.length()) {
            if (text.startsWith("//", at)) {
                comment();
            } else if (text.charAt(at) == '"') {
                string();
            } else {
                open = text.charAt(at) != ';';
                step();
            }
        }
        return new Piece(fromLine, fromColumn, text.substring(from, at));
    }

    private void comment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            step();
        }
    }

    private void string() {
        step();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                step();
            }
            if (at < text.length()) {
                step();
            }
        }
        if (at < text.length()) {
            step();
        }
    }

    private void step() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        column = c == '\n' ? 1 : column + 1;
        line = c == '\n' ? line + 1 : line;
    }
}
