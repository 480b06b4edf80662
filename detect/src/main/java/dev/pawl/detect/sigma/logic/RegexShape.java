package dev.pawl.detect.sigma.logic;

import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Place;
import java.util.Set;

/**
 * What can be said of an expression without running it: how large its program gets, and which texts it cannot match
 * without. It reads more than RE2 accepts; RE2 has the last word on syntax. Where it does not understand, it knows less,
 * never more: an unknown construct has no needed texts.
 */
final class RegexShape {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_REPEAT = 1_000;

    private final String source;
    private final Place place;
    private int at;
    private int depth;
    private RegexPart whole = RegexPart.EMPTY;

    private RegexShape(String source, Place place) {
        this.source = source;
        this.place = place;
    }

    static RegexShape of(String source, Place place) {
        RegexShape shape = new RegexShape(source, place);
        RegexPart part = shape.alternatives();
        if (shape.at < source.length()) {
            throw shape.fault("a bracket that was not opened");
        }
        if (part.size() > Regex.MAX_SIZE) {
            throw shape.fault("too large: repetitions multiply it");
        }
        shape.whole = part;
        return shape;
    }

    Set<String> needed() {
        return whole.needed();
    }

    private RegexPart alternatives() {
        RegexPart all = sequence();
        while (at < source.length() && source.charAt(at) == '|') {
            at++;
            all = RegexPart.either(all, sequence());
        }
        return all;
    }

    /** Texts grow while their neighbours are exact; what cannot be joined ends the run. */
    private RegexPart sequence() {
        RegexPart done = RegexPart.EMPTY;
        RegexPart run = RegexPart.EMPTY;
        boolean broken = false;
        while (at < source.length() && source.charAt(at) != '|' && source.charAt(at) != ')') {
            RegexPart next = repeated(single());
            if (RegexPart.joinable(run, next)) {
                run = RegexPart.join(run, next);
            } else {
                done = RegexPart.then(done, run);
                run = next;
                broken = true;
            }
            if (done.size() + run.size() > 50L * Regex.MAX_SIZE) {
                throw fault("too large: repetitions multiply it");
            }
        }
        return broken ? RegexPart.then(done, run) : run;
    }

    private RegexPart single() {
        char c = source.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> characterClass();
            case '.' -> RegexPart.ANY;
            case '^', '$' -> RegexPart.EMPTY;
            case '\\' -> escape();
            default -> RegexPart.literal(c);
        };
    }

    private RegexPart group() {
        if (++depth > MAX_DEPTH) {
            throw fault("groups deeper than " + MAX_DEPTH);
        }
        if (at < source.length() && source.charAt(at) == '?') {
            if (source.startsWith("?=", at)
                    || source.startsWith("?!", at)
                    || source.startsWith("?<=", at)
                    || source.startsWith("?<!", at)) {
                throw fault("looking ahead or behind is not part of RE2");
            }
            int end = at + 1;
            while (end < source.length() && ":)<>='!".indexOf(source.charAt(end)) < 0) {
                end++;
            }
            // Flags for the rest (?i), a flagged group (?i:…), a name (?P<name>…). RE2 refuses what looks around.
            if (end < source.length() && source.charAt(end) == ')') {
                at = end + 1;
                depth--;
                return RegexPart.EMPTY;
            }
            int close = end < source.length() && source.charAt(end) == '<' ? source.indexOf('>', end) : end;
            at = close < 0 ? source.length() : Math.min(close + 1, source.length());
        }
        RegexPart inner = alternatives();
        if (at >= source.length()) {
            throw fault("a bracket that is not closed");
        }
        at++;
        depth--;
        return inner;
    }

    private RegexPart characterClass() {
        int start = at;
        at += at < source.length() && source.charAt(at) == '^' ? 1 : 0;
        at += at < source.length() && source.charAt(at) == ']' ? 1 : 0;
        while (at < source.length() && source.charAt(at) != ']') {
            if (source.startsWith("[:", at) && source.indexOf(":]", at) > 0) {
                at = source.indexOf(":]", at) + 2;
            } else {
                at += source.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at++;
        return RegexPart.unknown(1 + Math.max(0, at - start) / 8);
    }

    private RegexPart escape() {
        if (at >= source.length()) {
            return RegexPart.ANY;
        }
        char c = source.charAt(at++);
        if (c == 'Q') {
            throw fault("\\Q is not supported");
        }
        if ("bBAzZ".indexOf(c) >= 0) {
            return RegexPart.EMPTY;
        }
        if ((c == 'x' || c == 'p' || c == 'P') && at < source.length() && source.charAt(at) == '{') {
            int close = source.indexOf('}', at);
            at = close < 0 ? source.length() : close + 1;
            return RegexPart.unknown(4);
        }
        if (c == 'x') {
            at = Math.min(at + 2, source.length());
            return RegexPart.ANY;
        }
        if (c == 'p' || c == 'P') {
            at = Math.min(at + 1, source.length());
            return RegexPart.unknown(4);
        }
        return Character.isLetterOrDigit(c) ? RegexPart.ANY : RegexPart.literal(c);
    }

    private RegexPart repeated(RegexPart part) {
        RegexPart result = part;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '*' || c == '?') {
                at++;
                result = RegexPart.optional(result);
            } else if (c == '+') {
                at++;
                result = RegexPart.repeat(result, 1, 2);
            } else if (c == '{' && counted()) {
                result = count(result);
            } else {
                break;
            }
        }
        return result;
    }

    /** Whether a count stands here; else the brace is a character. */
    private boolean counted() {
        int i = at + 1;
        int digits = 0;
        while (i < source.length() && (Character.isDigit(source.charAt(i)) || source.charAt(i) == ',')) {
            digits += source.charAt(i) == ',' ? 0 : 1;
            i++;
        }
        return digits > 0 && i < source.length() && source.charAt(i) == '}' && source.charAt(at + 1) != ',';
    }

    private RegexPart count(RegexPart part) {
        int close = source.indexOf('}', at);
        String[] bounds = source.substring(at + 1, close).split(",", -1);
        at = close + 1;
        int least = bound(bounds[0]);
        int most = bounds.length == 1 ? least : bounds[1].isEmpty() ? least + 1 : bound(bounds[1]);
        return least == 0
                ? RegexPart.optional(RegexPart.repeat(part, 1, Math.max(1, most)))
                : RegexPart.repeat(part, least, most);
    }

    private int bound(String digits) {
        if (digits.length() > 4 || Integer.parseInt(digits) > MAX_REPEAT) {
            throw fault("a repetition of more than " + MAX_REPEAT);
        }
        return Integer.parseInt(digits);
    }

    private Fault fault(String reason) {
        return new Fault(place, "regular expression: " + reason);
    }
}
