package dev.pawl.detect.sigma.logic;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Place;
import java.util.Set;

/**
 * The value holds a match of an expression. RE2 needs time in proportion to the text whatever the expression; what is
 * limited is the size of the expression, since that is the factor.
 *
 * @param source with flags, as compiled
 * @param needed texts, folded, one of which every match holds; empty where none is known
 */
public record Regex(String source, Set<String> needed, Pattern pattern) implements Check {
    static final int MAX_LENGTH = 4_096;
    static final int MAX_SIZE = 4_000;

    public Regex {
        needed = Set.copyOf(needed);
    }

    /** @param flags letters of i, m, s */
    static Regex read(String source, String flags, Place place) {
        if (source.length() > MAX_LENGTH) {
            throw new Fault(place, "a regular expression of more than " + MAX_LENGTH + " characters");
        }
        RegexShape shape = RegexShape.of(source, place);
        String whole = flags.isEmpty() ? source : "(?" + flags + ")" + source;
        try {
            return new Regex(whole, shape.needed(), Pattern.compile(whole));
        } catch (PatternSyntaxException e) {
            throw new Fault(place, "not an RE2 regular expression: " + e.getDescription());
        } catch (RuntimeException | StackOverflowError e) {
            throw new Fault(place, "a regular expression that cannot be compiled");
        }
    }

    /** Whether the text holds a match. */
    public boolean matches(String text) {
        return pattern.matcher(text).find();
    }

    /** Two expressions are the same if they are written the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Regex regex && source.equals(regex.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }
}
