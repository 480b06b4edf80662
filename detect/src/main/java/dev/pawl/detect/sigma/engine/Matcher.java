package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.logic.Check;
import dev.pawl.detect.sigma.logic.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the rules that match an event. Holds what it needs for one event at a time and clears nothing between events: a
 * number is marked with the event's count, and an older mark is no mark. Not thread-safe.
 */
public final class Matcher {
    private final Engine engine;
    private final Values values;
    private final int[] triggered;
    private final int[] known;
    private final int[] asked;
    private final int[] hits;
    private int hitCount;
    private int[] found = new int[16];
    private int foundCount;
    private int count;
    private char[] buffer = new char[512];

    Matcher(Engine engine) {
        this.engine = engine;
        this.values = new Values(engine);
        this.triggered = new int[engine.checks.length];
        this.known = new int[engine.checks.length];
        this.hits = new int[engine.checks.length];
        this.asked = new int[engine.nodes.length];
    }

    /** The rules that match, in the order of their identity. */
    public List<Entry> match(LogEvent event) {
        Routes.Route route = engine.routes().of(event.source());
        if (route.mask() == 0) {
            return List.of();
        }
        begin(event);
        read(event, route.mask());
        ask(event, route.open());
        if (foundCount == 0) {
            return List.of();
        }
        Arrays.sort(found, 0, foundCount);
        List<Entry> rules = new ArrayList<>(foundCount);
        for (int i = 0; i < foundCount; i++) {
            rules.add(engine.rules().get(found[i]));
        }
        return rules;
    }

    private void begin(LogEvent event) {
        if (++count == Integer.MAX_VALUE) {
            Arrays.fill(triggered, 0);
            Arrays.fill(known, 0);
            Arrays.fill(asked, 0);
            count = 1;
        }
        hitCount = 0;
        foundCount = 0;
        values.begin(event);
    }

    private void read(LogEvent event, long mask) {
        boolean keywords = (engine.everywhereMask & mask) != 0;
        for (int i = 0; i < event.size(); i++) {
            String value = event.value(i);
            int field = values.field(i);
            boolean wanted = keywords || (field >= 0 && (engine.fieldMask[field] & mask) != 0);
            if (value != null && wanted) {
                scan(fold(value), field, mask);
            }
        }
    }

    /** Puts the folded value with its marks into the buffer. */
    private int fold(String value) {
        int length = value.length();
        if (buffer.length < length + 2) {
            buffer = new char[Math.max(length + 2, buffer.length * 2)];
        }
        char[] to = buffer;
        value.getChars(0, length, to, 1);
        to[0] = Trigger.START;
        to[length + 1] = Trigger.END;
        for (int i = 1; i <= length; i++) {
            char c = to[i];
            if (c >= 128) {
                to[i] = Fold.fold(c);
            } else if (c >= 'A' && c <= 'Z') {
                to[i] = (char) (c + 32);
            }
        }
        return length + 2;
    }

    private void scan(int length, int field, long mask) {
        char[] from = buffer;
        GramTable wide = engine.wide;
        GramTable narrow = engine.narrow;
        boolean both = !narrow.isEmpty();
        long window = from[0];
        for (int i = 1; i < length; i++) {
            window = window << 16 | from[i];
            if (both) {
                int entry = narrow.find(window & 0xffffffffL);
                if (entry != 0) {
                    look(narrow, entry, i - 1, length, field, mask);
                }
            }
            if (i >= 3) {
                int entry = wide.find(window);
                if (entry != 0) {
                    look(wide, entry, i - 3, length, field, mask);
                }
            }
        }
    }

    private void look(GramTable table, int first, int at, int length, int field, long mask) {
        int trigger = table.trigger(first);
        for (int entry = first; trigger >= 0; trigger = table.trigger(++entry)) {
            Trigger text = engine.triggers[trigger];
            int atom = text.atom();
            int wanted = engine.fieldOf[atom];
            if ((wanted == field || wanted == Atoms.EVERYWHERE)
                    && (engine.triggerMask[trigger] & mask) != 0
                    && known[atom] != count
                    && (text.decides() || triggered[atom] != count)
                    && text.standsAt(buffer, length, at - table.offset(entry))) {
                if (triggered[atom] != count) {
                    triggered[atom] = count;
                    hits[hitCount++] = atom;
                }
                if (text.decides()) {
                    known[atom] = count;
                }
            }
        }
    }

    private void ask(LogEvent event, BitSet open) {
        for (int i = 0; i < hitCount; i++) {
            ask(engine.rulesOfAtom[hits[i]], open);
        }
        for (int i = 0; i < event.size(); i++) {
            int field = values.field(i);
            if (field >= 0) {
                ask(engine.rulesOfField[field], open);
            }
        }
        ask(engine.rulesAlways, open);
    }

    private void ask(int[] rules, BitSet open) {
        for (int rule : rules) {
            if (asked[rule] != count && open.get(engine.groupOf[rule])) {
                asked[rule] = count;
                if (holds(engine.nodes[rule])) {
                    if (foundCount == found.length) {
                        found = Arrays.copyOf(found, foundCount * 2);
                    }
                    found[foundCount++] = rule;
                }
            }
        }
    }

    private boolean holds(Node node) {
        return switch (node) {
            case Node.Atom(int number) -> holds(number);
            case Node.None(Node part) -> !holds(part);
            case Node.Every(List<Node> parts) -> {
                for (int i = 0; i < parts.size(); i++) {
                    if (!holds(parts.get(i))) {
                        yield false;
                    }
                }
                yield true;
            }
            case Node.Some(List<Node> parts) -> {
                for (int i = 0; i < parts.size(); i++) {
                    if (holds(parts.get(i))) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    private boolean holds(int atom) {
        int mark = known[atom];
        if (mark == count || mark == -count) {
            return mark > 0;
        }
        if (engine.triggered[atom] && triggered[atom] != count) {
            return false;
        }
        Check check = engine.checks[atom];
        boolean holds = values.holds(atom, check);
        known[atom] = holds ? count : -count;
        return holds;
    }
}
