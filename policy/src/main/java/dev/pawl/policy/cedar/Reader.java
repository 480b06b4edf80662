package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.List;

/** The words of one text with one word of look-ahead, and the small forms that heads and expressions share. */
final class Reader {
    private final Lexer lexer;
    private Token token;

    Reader(String source, String text) throws CedarException {
        this.lexer = new Lexer(source, text);
        this.token = lexer.next();
    }

    Token token() {
        return token;
    }

    Lexer lexer() {
        return lexer;
    }

    Token take() throws CedarException {
        Token taken = token;
        token = lexer.next();
        return taken;
    }

    /** Takes the word if it is this one. */
    boolean take(String symbol) throws CedarException {
        if (!token.is(symbol)) {
            return false;
        }
        take();
        return true;
    }

    void expect(String symbol) throws CedarException {
        if (!take(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
    }

    CedarException unexpected(String wanted) {
        if (token.kind() == Token.Kind.SLOT) {
            return error(token, "templates are not supported: " + token.text());
        }
        return error(token, "expected " + wanted + ", found " + token.shown());
    }

    CedarException error(Token at, String message) {
        return lexer.error(at.offset(), message);
    }

    /** An identifier that may be a name or an attribute. */
    String identifier(String what) throws CedarException {
        if (token.kind() != Token.Kind.IDENTIFIER) {
            throw unexpected(what);
        }
        String whyNot = Words.whyNot(token.text());
        if (!whyNot.isEmpty()) {
            throw error(token, whyNot);
        }
        return take().text();
    }

    /** A string literal, its escapes read. */
    String string(String what) throws CedarException {
        if (token.kind() != Token.Kind.STRING) {
            throw unexpected(what);
        }
        String text = Escapes.string(lexer, token);
        take();
        return text;
    }

    /** {@code A::B}; stops before a {@code ::} that a string follows, which it then has taken. */
    Name name(String what) throws CedarException {
        Token first = token;
        List<String> parts = new ArrayList<>();
        parts.add(identifier(what));
        while (take("::")) {
            if (token.kind() == Token.Kind.STRING) {
                return new Name(String.join("::", parts), true, first);
            }
            if (token.is("{")) {
                throw error(token, "an entity is written Type::\"id\"; other forms are not supported");
            }
            parts.add(identifier("a name or a string after '::'"));
            if (parts.size() > Limits.IDENTIFIER) {
                throw error(first, "a name has at most " + Limits.IDENTIFIER + " parts");
            }
        }
        return new Name(String.join("::", parts), false, first);
    }

    /**
     * A name as it was read.
     *
     * @param entity whether a {@code ::} and the string of an entity follow; the {@code ::} is taken
     */
    record Name(String text, boolean entity, Token first) {}

    /** {@code Type::"id"}. */
    EntityUid entity() throws CedarException {
        Name name = name("an entity such as Type::\"id\"");
        if (!name.entity()) {
            throw unexpected("'::' and a string after the type " + name.text());
        }
        return new EntityUid(name.text(), string("an id"));
    }
}
