package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.logic.Check;
import dev.pawl.detect.sigma.logic.DatePart;
import dev.pawl.detect.sigma.logic.Fold;
import dev.pawl.detect.sigma.logic.Glob;
import dev.pawl.detect.sigma.logic.GlobMatcher;
import dev.pawl.detect.sigma.logic.Network;
import dev.pawl.detect.sigma.logic.Numbers;
import dev.pawl.detect.sigma.logic.Regex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of one event, by the number of their field; answers checks one by one. Not thread-safe. */
final class Values {
    private static final int UNKNOWN = -2;

    private final Engine engine;
    private int[] fields = new int[16];
    private @Nullable LogEvent event;

    Values(Engine engine) {
        this.engine = engine;
    }

    void begin(LogEvent next) {
        event = next;
        if (fields.length < next.size()) {
            fields = Arrays.copyOf(fields, next.size());
        }
        for (int i = 0; i < next.size(); i++) {
            Integer number = engine.fields.get(next.name(i));
            fields[i] = number == null ? UNKNOWN : number;
        }
    }

    /** The number of the field of the i-th value, negative if no rule asks for it. */
    int field(int i) {
        return fields[i];
    }

    boolean holds(int atom, Check check) {
        int field = engine.fieldOf[atom];
        return switch (check) {
            case Check.Exists(boolean wanted) -> exists(field) == wanted;
            case Check.Absent ignored -> absent(field);
            case Check.SameAs same -> sameAs(field, engine.otherOf[atom], same);
            case Glob ignored -> any(atom, field, check);
            case Regex ignored -> any(atom, field, check);
            case Check.Cidr ignored -> any(atom, field, check);
            case Check.Compare ignored -> any(atom, field, check);
            case Check.Date ignored -> any(atom, field, check);
        };
    }

    private boolean any(int atom, int field, Check check) {
        LogEvent here = here();
        for (int i = 0; i < here.size(); i++) {
            String value = here.value(i);
            if (value != null && (field == fields[i] || field == Atoms.EVERYWHERE) && fits(atom, check, value)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(int atom, Check check, String value) {
        return switch (check) {
            case Glob glob -> {
                GlobMatcher matcher = engine.globs[atom];
                yield (matcher == null ? glob.matcher() : matcher).matches(value);
            }
            case Regex regex -> regex.matches(value);
            case Check.Cidr(Network network) ->
                Network.address(value).map(network::contains).orElse(false);
            case Check.Compare(Check.Order order, double limit) -> order.holds(Numbers.parse(value), limit);
            case Check.Date(DatePart part, Check.Order order, double limit) -> {
                int number = part.of(value);
                yield number >= 0 && order.holds(number, limit);
            }
            case Check.Exists ignored -> false;
            case Check.Absent ignored -> false;
            case Check.SameAs ignored -> false;
        };
    }

    private boolean exists(int field) {
        for (int i = 0; i < here().size(); i++) {
            if (fields[i] == field) {
                return true;
            }
        }
        return false;
    }

    private boolean absent(int field) {
        boolean present = false;
        for (int i = 0; i < here().size(); i++) {
            if (fields[i] == field) {
                if (here().value(i) == null) {
                    return true;
                }
                present = true;
            }
        }
        return !present;
    }

    private boolean sameAs(int field, int other, Check.SameAs same) {
        LogEvent here = here();
        for (int i = 0; i < here.size(); i++) {
            String value = here.value(i);
            for (int j = 0; value != null && fields[i] == field && j < here.size(); j++) {
                String against = here.value(j);
                if (against != null && fields[j] == other && same(value, against, same)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean same(String value, String other, Check.SameAs how) {
        String one = how.cased() ? value : Fold.fold(value);
        String two = how.cased() ? other : Fold.fold(other);
        if (how.loosePrefix() && how.looseSuffix()) {
            return one.contains(two);
        }
        return how.loosePrefix() ? one.endsWith(two) : how.looseSuffix() ? one.startsWith(two) : one.equals(two);
    }

    private LogEvent here() {
        if (event == null) {
            throw new IllegalStateException("no event was begun");
        }
        return event;
    }
}
