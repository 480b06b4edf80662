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
        for (int i = 0; i < event.size(); i++) {
            String value = event.value(i);
            int field = values.field(i);
            FieldIndex index = engine.indexes[field < 0 ? engine.indexes.length - 1 : field];
            if (value != null && (index.mask() & mask) != 0) {
                scan(index, copy(value), mask);
            }
        }
    }

    /** Puts the value with its marks into the buffer and gives their length together. */
    private int copy(String value) {
        int length = value.length();
        if (buffer.length < length + 2) {
            buffer = new char[Math.max(length + 2, buffer.length * 2)];
        }
        value.getChars(0, length, buffer, 1);
        buffer[0] = Trigger.START;
        buffer[length + 1] = Trigger.END;
        return length + 2;
    }

    private void scan(FieldIndex index, int length, long mask) {
        char[] from = buffer;
        GramTable wide = index.wide();
        GramTable narrow = index.narrow();
        boolean both = !narrow.isEmpty();
        long window = from[0];
        for (int i = 1; i < length; i++) {
            char c = from[i];
            // The common case of Fold.fold, in place.
            c = c >= 128 ? Fold.fold(c) : c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
            window = window << 16 | c;
            if (both) {
                int entry = narrow.find(window & 0xffffffffL);
                if (entry != 0) {
                    look(narrow, entry, i - 1, length, mask);
                }
            }
            int entry = wide.find(window);
            if (entry != 0) {
                look(wide, entry, i - 3, length, mask);
            }
        }
    }

    private void look(GramTable table, int first, int at, int length, long mask) {
        int trigger = table.trigger(first);
        for (int entry = first; trigger >= 0; trigger = table.trigger(++entry)) {
            Trigger text = engine.triggers[trigger];
            int atom = text.atom();
            if ((engine.triggerMask[trigger] & mask) != 0
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
