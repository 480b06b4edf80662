package dev.pawl.policy.engine;

import dev.pawl.core.Cidr;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.cedar.Pattern;
import dev.pawl.policy.cedar.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes one rule as Cedar for people: an annotation a line, then the head, then one alternative a line. */
final class RuleText {
    private final StringBuilder text = new StringBuilder();
    private final String id;

    private RuleText(String id) {
        this.id = id;
    }

    static RuleText rule(String id) {
        return new RuleText(id).annotation("id", id);
    }

    String id() {
        return id;
    }

    RuleText boundary(String boundary) {
        return annotation("boundary", boundary);
    }

    RuleText because(String because) {
        return annotation("because", because);
    }

    RuleText annotation(String name, String value) {
        text.append('@').append(name).append('(').append(quote(value)).append(")\n");
        return this;
    }

    /** {@code permit (principal, ACTION, RESOURCE)}; both as they stand in a head. */
    RuleText permit(String action, String resource) {
        text.append("permit (principal, ")
                .append(action)
                .append(", ")
                .append(resource)
                .append(')');
        return this;
    }

    /** {@code forbid (principal, ACTION, RESOURCE)}; both as they stand in a head. */
    RuleText forbid(String action, String resource) {
        text.append("forbid (principal, ")
                .append(action)
                .append(", ")
                .append(resource)
                .append(')');
        return this;
    }

    /** One condition; several are read as alternatives, one a line. */
    RuleText when(List<String> alternatives) {
        return condition("when", alternatives);
    }

    /** The opposite of {@link #when}. */
    RuleText unless(List<String> alternatives) {
        return condition("unless", alternatives);
    }

    String end() {
        return text.append(';').toString();
    }

    private RuleText condition(String word, List<String> alternatives) {
        if (alternatives.isEmpty()) {
            return this;
        }
        if (alternatives.size() == 1 && alternatives.getFirst().indexOf('\n') < 0) {
            text.append('\n')
                    .append(word)
                    .append(" { ")
                    .append(alternatives.getFirst())
                    .append(" }");
            return this;
        }
        text.append('\n').append(word).append(" {");
        for (int i = 0; i < alternatives.size(); i++) {
            boolean last = i == alternatives.size() - 1;
            text.append("\n  ")
                    .append(bracketed(alternatives.get(i)).replace("\n", "\n  "))
                    .append(last ? "" : " ||");
        }
        text.append("\n}");
        return this;
    }

    /** So that nobody has to know what binds tighter. */
    private static String bracketed(String alternative) {
        int start = alternative.startsWith("//") ? alternative.indexOf('\n') + 1 : 0;
        String expression = alternative.substring(start);
        return expression.contains(" && ") ? alternative.substring(0, start) + "(" + expression + ")" : alternative;
    }

    /** A string literal. */
    static String quote(String value) {
        return new Value.Text(value).toString();
    }

    static String is(EntityUid action) {
        return "action == " + action;
    }

    static String in(EntityUid... actions) {
        return List.of(actions).stream().map(EntityUid::toString).collect(Collectors.joining(", ", "action in [", "]"));
    }

    /** A name or {@code *.suffix} as the entity that stands for it. */
    static EntityUid host(String pattern) {
        return pattern.startsWith("*.")
                ? new EntityUid(Words.DOMAIN, pattern.substring(2))
                : new EntityUid(Words.HOST, pattern);
    }

    static EntityUid path(Path path) {
        return new EntityUid(Words.PATH, path.toString());
    }

    static EntityUid program(Path path) {
        return new EntityUid(Words.PROGRAM, path.toString());
    }

    /** Alternatives, one for each type: the schema takes no set of several. One entity a line where there are several. */
    static List<String> resourceIn(List<EntityUid> entities) {
        Map<String, List<EntityUid>> types = new LinkedHashMap<>();
        entities.forEach(
                uid -> types.computeIfAbsent(uid.type(), _ -> new ArrayList<>()).add(uid));
        return types.values().stream().map(RuleText::inAny).toList();
    }

    private static String inAny(List<EntityUid> entities) {
        return entities.size() == 1
                ? "resource in " + entities.getFirst()
                : entities.stream()
                        .map(EntityUid::toString)
                        .collect(Collectors.joining(",\n  ", "resource in [\n  ", "\n]"));
    }

    static String within(Cidr range) {
        return "resource.ip.isInRange(ip(" + quote(range.toString()) + "))";
    }

    /** Adds that a member of a record of texts is there and matches a pattern; the schema wants both said. */
    static void word(StringBuilder text, String record, String member, String pattern) {
        String name = quote(member);
        text.append(" && ")
                .append(record)
                .append(" has ")
                .append(name)
                .append(" && ")
                .append(record)
                .append('[')
                .append(name)
                .append("] ")
                .append(matches(pattern));
    }

    /** What follows a text to say that it matches a pattern. */
    static String matches(String pattern) {
        Pattern word = pattern(pattern);
        return word.pieces().size() == 1 ? "== " + quote(word.pieces().getFirst()) : "like " + word;
    }

    /** A pattern of a charter's commands or requests, in which a star may be escaped, as that of a {@code like}. */
    static Pattern pattern(String word) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\' && i + 1 < word.length() && word.charAt(i + 1) == '*') {
                piece.append('*');
                i++;
            } else if (c == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                piece.append(c);
            }
        }
        pieces.add(piece.toString());
        return new Pattern(pieces);
    }
}
