package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads policy texts. */
public final class Policies {
    private final String source;
    private final Reader reader;
    private final ExpressionReader expressions;
    private int knownOffset;
    private int knownLine = 1;

    private Policies(String source, Reader reader) {
        this.source = source;
        this.reader = reader;
        this.expressions = new ExpressionReader(reader);
    }

    /**
     * The policies of {@code text}, with the ids policy0, policy1 and so on.
     *
     * @param source what errors and policies call the text, such as a file name
     * @throws CedarException at the first error, and at the first thing beyond {@link Limits}
     */
    public static List<CedarPolicy> parse(String source, String text) throws CedarException {
        if (text.length() > Limits.TEXT) {
            throw new CedarException(source, 1, 1, "a policy text has at most " + Limits.TEXT + " characters");
        }
        Policies policies = new Policies(source, new Reader(source, text));
        List<CedarPolicy> read = new ArrayList<>();
        while (policies.reader.token().kind() != Token.Kind.END) {
            if (read.size() == Limits.POLICIES) {
                throw policies.reader.error(
                        policies.reader.token(), "a text has at most " + Limits.POLICIES + " policies");
            }
            read.add(policies.policy("policy" + read.size()));
        }
        return List.copyOf(read);
    }

    private CedarPolicy policy(String id) throws CedarException {
        Token first = reader.token();
        Map<String, String> annotations = annotations();
        Effect effect = effect();
        Scope scope = new ScopeReader(reader).scope();
        List<Condition> conditions = conditions();
        reader.expect(";");
        knownLine = reader.lexer().lineOf(first.offset(), knownOffset, knownLine);
        knownOffset = first.offset();
        return new CedarPolicy(id, effect, annotations, scope, conditions, source, knownLine);
    }

    private Map<String, String> annotations() throws CedarException {
        Map<String, String> annotations = new LinkedHashMap<>();
        while (reader.take("@")) {
            Token name = reader.token();
            if (name.kind() != Token.Kind.IDENTIFIER) {
                throw reader.unexpected("the name of an annotation");
            }
            reader.take();
            String value = "";
            if (reader.take("(")) {
                value = reader.string("the text of the annotation");
                reader.expect(")");
            }
            if (annotations.putIfAbsent(name.text(), value) != null) {
                throw reader.error(name, "the annotation @" + name.text() + " stands there twice");
            }
            if (annotations.size() > Limits.CLAUSES) {
                throw reader.error(name, "a policy has at most " + Limits.CLAUSES + " annotations");
            }
        }
        return annotations;
    }

    private Effect effect() throws CedarException {
        for (Effect effect : Effect.values()) {
            if (reader.take(effect.keyword())) {
                return effect;
            }
        }
        throw reader.unexpected("permit or forbid");
    }

    private List<Condition> conditions() throws CedarException {
        List<Condition> conditions = new ArrayList<>();
        while (reader.token().is("when") || reader.token().is("unless")) {
            Token word = reader.take();
            if (conditions.size() == Limits.CLAUSES) {
                throw reader.error(word, "a policy has at most " + Limits.CLAUSES + " conditions");
            }
            reader.expect("{");
            if (reader.token().is("}")) {
                throw reader.error(word, "this " + word.text() + " has no condition");
            }
            conditions.add(new Condition(word.is("unless"), expressions.condition()));
            reader.expect("}");
        }
        return conditions;
    }
}
