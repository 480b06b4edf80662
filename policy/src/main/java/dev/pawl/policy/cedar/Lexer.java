package dev.pawl.policy.cedar;

/** Cuts a policy text into words; comments and white space (Unicode's) fall between them. */
final class Lexer {
    private static final String[] TWO = {"::", "==", "!=", "<=", ">=", "||", "&&"};
    private static final String ONE = "@.,;:(){}[]<>+-*/%!=";

    private final String source;
    private final String text;
    private int at;

    Lexer(String source, String text) {
        this.source = source;
        this.text = text;
    }

    Token next() throws CedarException {
        skip();
        int start = at;
        if (at == text.length()) {
            return new Token(Token.Kind.END, "", start);
        }
        char first = text.charAt(at);
        if (letter(first)) {
            return identifier(start);
        }
        if (digit(first)) {
            while (at < text.length() && digit(text.charAt(at))) {
                at++;
            }
            return token(Token.Kind.NUMBER, start);
        }
        if (first == '"') {
            return string(start);
        }
        if (first == '?' && at + 1 < text.length() && letter(text.charAt(at + 1))) {
            at++;
            identifier(start);
            return token(Token.Kind.SLOT, start);
        }
        for (String symbol : TWO) {
            if (text.startsWith(symbol, at)) {
                at += 2;
                return token(Token.Kind.SYMBOL, start);
            }
        }
        if (ONE.indexOf(first) < 0) {
            throw error(
                    start, "the language has no " + Quotes.quote(Character.toString(text.codePointAt(at))) + " here");
        }
        at++;
        return token(Token.Kind.SYMBOL, start);
    }

    private Token token(Token.Kind kind, int start) {
        return new Token(kind, text.substring(start, at), start);
    }

    private Token identifier(int start) throws CedarException {
        while (at < text.length() && (letter(text.charAt(at)) || digit(text.charAt(at)))) {
            at++;
        }
        if (at - start > Limits.IDENTIFIER) {
            throw error(start, "an identifier has at most " + Limits.IDENTIFIER + " characters");
        }
        return token(Token.Kind.IDENTIFIER, start);
    }

    private Token string(int start) throws CedarException {
        for (at++; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '"') {
                at++;
                return token(Token.Kind.STRING, start);
            }
            if (character == '\\') {
                at++;
                if (at < text.length() && text.charAt(at) == '\n') {
                    throw error(at - 1, "a backslash cannot stand before the end of a line");
                }
            }
        }
        throw error(start, "this string has no end");
    }

    private void skip() {
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == '/' && text.startsWith("//", at)) {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else if (white(character)) {
                at++;
            } else {
                return;
            }
        }
    }

    /** Unicode's property White_Space. */
    private static boolean white(char character) {
        return switch (character) {
            case ' ', '\t', '\n', 0x0b, '\f', '\r', 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 -> true;
            default -> character >= 0x2000 && character <= 0x200a;
        };
    }

    private static boolean letter(char character) {
        return Words.letter(character);
    }

    private static boolean digit(char character) {
        return character >= '0' && character <= '9';
    }

    /** An error at {@code offset}. */
    CedarException error(int offset, String message) {
        int line = 1;
        int lineStart = 0;
        for (int place = 0; place < offset; place++) {
            if (text.charAt(place) == '\n') {
                line++;
                lineStart = place + 1;
            }
        }
        return new CedarException(source, line, 1 + text.codePointCount(lineStart, offset), message);
    }

    /** The line of {@code offset}, counted on from an earlier place whose line is known. */
    int lineOf(int offset, int knownOffset, int knownLine) {
        int line = knownLine;
        for (int place = knownOffset; place < offset; place++) {
            if (text.charAt(place) == '\n') {
                line++;
            }
        }
        return line;
    }
}
