package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The condition language. From the loosest to the tightest: or, and, not, "1 of" and "all of", brackets. Text, depth
 * and the number of searches meant are limited, since a few words can mean very many ("1 of them" said often).
 */
final class ConditionReader {
    static final int MAX_LENGTH = 16_384;
    static final int MAX_DEPTH = 64;
    static final int MAX_MEANT = 20_000;

    private final Set<String> searches;
    private final Place place;
    private final List<String> words;
    private int at;
    private int depth;
    private int meant;

    private ConditionReader(String text, Set<String> searches, Place place) {
        this.searches = searches;
        this.place = place;
        this.words = words(text);
    }

    static Condition read(String text, Set<String> searches, Place place) {
        if (text.length() > MAX_LENGTH) {
            throw new Fault(place, "a condition of more than " + MAX_LENGTH + " characters");
        }
        if (text.contains("|")) {
            throw new Fault(place, "aggregations after | are not part of Sigma 2; write a correlation");
        }
        ConditionReader reader = new ConditionReader(text, searches, place);
        Condition condition = reader.or();
        if (reader.at < reader.words.size()) {
            throw reader.fault("'" + shown(reader.words.get(reader.at)) + "' is not expected here");
        }
        return condition;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int start = i++;
            if (c == '(' || c == ')') {
                words.add(String.valueOf(c));
            } else if (!Character.isWhitespace(c)) {
                while (i < text.length()
                        && !Character.isWhitespace(text.charAt(i))
                        && "()".indexOf(text.charAt(i)) < 0) {
                    i++;
                }
                words.add(text.substring(start, i));
            }
        }
        return words;
    }

    private Condition or() {
        List<Condition> parts = new ArrayList<>(List.of(and()));
        while (taken("or")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.Or(parts);
    }

    private Condition and() {
        List<Condition> parts = new ArrayList<>(List.of(not()));
        while (taken("and")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.And(parts);
    }

    private Condition not() {
        boolean negative = false;
        while (taken("not")) {
            negative = !negative;
        }
        Condition part = single();
        return negative ? new Condition.Not(part) : part;
    }

    private Condition single() {
        if (taken("(")) {
            if (++depth > MAX_DEPTH) {
                throw fault("brackets deeper than " + MAX_DEPTH);
            }
            Condition inner = or();
            if (!taken(")")) {
                throw fault("a bracket is not closed");
            }
            depth--;
            return inner;
        }
        if (at + 1 < words.size() && words.get(at + 1).equalsIgnoreCase("of")) {
            String how = words.get(at);
            at += 2;
            return of(how, next());
        }
        String name = next();
        if (!searches.contains(name)) {
            throw fault("there is no search '" + shown(name) + "'");
        }
        mean(1);
        return new Condition.Named(name);
    }

    private Condition of(String how, String pattern) {
        boolean all = how.equalsIgnoreCase("all");
        if (!all && !how.equals("1") && !how.equalsIgnoreCase("any")) {
            throw fault("'" + shown(how) + " of' is not known; there are '1 of' and 'all of'");
        }
        List<String> found = searches.stream()
                .filter(name -> pattern.equals("them") ? !name.startsWith("_") : fits(pattern, name))
                .toList();
        if (found.isEmpty()) {
            throw fault("no search is called '" + shown(pattern) + "'");
        }
        mean(found.size());
        return new Condition.Of(all, found);
    }

    private void mean(int count) {
        meant += count;
        if (meant > MAX_MEANT) {
            throw fault("a condition that means more than " + MAX_MEANT + " searches");
        }
    }

    /** Whether a name fits a pattern in which * stands for any characters. Goes back to the last star only. */
    static boolean fits(String pattern, String name) {
        int p = 0;
        int star = -1;
        int mark = 0;
        for (int n = 0; n < name.length(); ) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    private boolean taken(String word) {
        boolean here = at < words.size() && words.get(at).equalsIgnoreCase(word);
        at += here ? 1 : 0;
        return here;
    }

    private String next() {
        if (at >= words.size()) {
            throw fault("the condition ends too early");
        }
        String word = words.get(at++);
        if (word.equals("(") || word.equals(")")) {
            throw fault("a bracket is not expected here");
        }
        for (String reserved : List.of("and", "or", "not", "of")) {
            if (word.equalsIgnoreCase(reserved)) {
                throw fault("'" + word + "' is not expected here");
            }
        }
        return word;
    }

    private Fault fault(String reason) {
        return new Fault(place, "condition: " + reason);
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
