package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.List;

/** Reads what stands between the quotes of a literal. */
final class Escapes {
    /** Stands for {@code \*}, which only a pattern may have; no character has this number. */
    private static final int STAR = Character.MAX_CODE_POINT + 1;

    private final Lexer lexer;
    private final Token token;
    private final String text;
    private int at = 1;

    private Escapes(Lexer lexer, Token token) {
        this.lexer = lexer;
        this.token = token;
        this.text = token.text();
    }

    /** The text that a string literal stands for. */
    static String string(Lexer lexer, Token token) throws CedarException {
        Escapes escapes = new Escapes(lexer, token);
        StringBuilder out = new StringBuilder(token.text().length());
        while (escapes.more()) {
            int start = escapes.at;
            int character = escapes.character();
            if (character == STAR) {
                throw escapes.error(start, "\\* stands only in the pattern of a like");
            }
            out.appendCodePoint(character);
        }
        if (out.length() > Limits.STRING) {
            throw escapes.error(0, "a string has at most " + Limits.STRING + " characters");
        }
        return out.toString();
    }

    /** The pattern that a string literal after {@code like} stands for. An escaped {@code \x2a} is a wildcard too. */
    static Pattern pattern(Lexer lexer, Token token) throws CedarException {
        Escapes escapes = new Escapes(lexer, token);
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        while (escapes.more()) {
            int character = escapes.character();
            if (character == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                piece.appendCodePoint(character == STAR ? '*' : character);
            }
        }
        pieces.add(piece.toString());
        if (token.text().length() > Limits.PATTERN) {
            throw escapes.error(0, "a pattern has at most " + Limits.PATTERN + " characters");
        }
        return new Pattern(pieces);
    }

    private boolean more() {
        return at < text.length() - 1;
    }

    private int character() throws CedarException {
        int start = at;
        int first = text.codePointAt(at);
        at += Character.charCount(first);
        if (first == '\r') {
            throw error(start, "a carriage return in a string is written \\r");
        }
        if (Character.getType(first) == Character.SURROGATE) {
            throw error(start, "half a character");
        }
        if (first != '\\') {
            return first;
        }
        char escaped = text.charAt(at++);
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> 0;
            case '\\', '\'', '"' -> escaped;
            case '*' -> STAR;
            case 'x' -> hexadecimal(start);
            case 'u' -> unicode(start);
            default -> throw error(start, "no such escape; there are \\n \\r \\t \\0 \\\\ \\' \\\" \\x7f \\u{1f600}");
        };
    }

    private int hexadecimal(int start) throws CedarException {
        int high = more() ? digit(text.charAt(at)) : -1;
        int low = at + 1 < text.length() - 1 ? digit(text.charAt(at + 1)) : -1;
        if (high < 0 || high > 7 || low < 0) {
            throw error(start, "\\x takes two hexadecimal digits, at most 7f");
        }
        at += 2;
        return high << 4 | low;
    }

    private int unicode(int start) throws CedarException {
        int end = text.indexOf('}', at);
        if (!more() || text.charAt(at) != '{' || end < 0 || end == at + 1 || text.charAt(at + 1) == '_') {
            throw error(start, "\\u takes one to six hexadecimal digits in braces");
        }
        int number = 0;
        int digits = 0;
        for (int place = at + 1; place < end; place++) {
            if (text.charAt(place) == '_') {
                continue;
            }
            int digit = digit(text.charAt(place));
            digits++;
            if (digit < 0 || digits > 6) {
                throw error(start, "\\u takes one to six hexadecimal digits in braces");
            }
            number = number << 4 | digit;
        }
        if (number > Character.MAX_CODE_POINT
                || (number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE)) {
            throw error(start, "there is no such character");
        }
        at = end + 1;
        return number;
    }

    private static int digit(char character) {
        return character < 128 ? Character.digit(character, 16) : -1;
    }

    private CedarException error(int offset, String message) {
        return lexer.error(token.offset() + offset, message);
    }
}
