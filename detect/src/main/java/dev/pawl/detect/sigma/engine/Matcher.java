package dev.pawl.detect.sigma.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the rules that match an event. Holds what it needs for one event at a time, and what was found in the texts of the
 * one before. Not thread-safe.
 */
public final class Matcher {
    private final Engine engine;
    private final Values values;
    private final LastValues texts;
    private final Marks triggered;
    private final Marks holding;
    private final Marks failing;
    private final Marks asked;
    private final int[] hits;
    private int hitCount;
    private int[] found = new int[16];
    private int foundCount;

    Matcher(Engine engine) {
        this.engine = engine;
        this.values = new Values(engine);
        this.texts = new LastValues(new Scanner(engine));
        this.triggered = new Marks(engine.checks.length);
        this.holding = new Marks(engine.checks.length);
        this.failing = new Marks(engine.checks.length);
        this.hits = new int[engine.checks.length];
        this.asked = new Marks(engine.nodes.length);
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
        triggered.clear();
        holding.clear();
        failing.clear();
        asked.clear();
        hitCount = 0;
        foundCount = 0;
        values.begin(event);
    }

    private void read(LogEvent event, long mask) {
        for (int i = 0; i < event.size(); i++) {
            String value = event.value(i);
            int field = values.field(i);
            long wanted = field < 0 ? engine.keywordMask : engine.fieldMask[field];
            if (value != null && (wanted & mask) != 0) {
                for (int atom : texts.scan(i, value, field, mask)) {
                    trigger(atom);
                }
            }
        }
    }

    private void trigger(int atom) {
        if (triggered.add(atom)) {
            hits[hitCount++] = atom;
            if (engine.decided[atom]) {
                holding.add(atom);
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
            if (!asked.has(rule) && open.get(engine.groupOf[rule])) {
                asked.add(rule);
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
        if (holding.has(atom)) {
            return true;
        }
        if (failing.has(atom) || (engine.triggered[atom] && !triggered.has(atom))) {
            return false;
        }
        boolean holds = values.holds(atom, engine.checks[atom]);
        (holds ? holding : failing).add(atom);
        return holds;
    }
}
