package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.logic.Check;
import dev.pawl.detect.sigma.logic.GlobMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules made ready for many events. Immutable and thread-safe; each thread takes its own {@link Matcher}.
 *
 * <h2>How an event finds its rules</h2>
 *
 * Asking each rule in turn costs thousands of comparisons of texts for every event, nearly all of them with the answer
 * no. The work is turned round: the event is read once, and what stands in it names the rules worth asking.
 *
 * <p><b>Routes.</b> Rules of the same log source are a group. The log source of an event opens some groups ({@link
 * Routes}); the rest are closed, and so is every text that only closed groups ask for.
 *
 * <p><b>Atoms.</b> A leaf of a rule, "this field fits this check", is an atom. Equal leaves of different rules are one
 * atom, so {@code Image|endswith: /curl} is decided once however many rules say it ({@link Atoms}).
 *
 * <p><b>Triggers.</b> Most atoms cannot hold unless some text stands in the value: the text of a {@code contains}, the
 * longest piece between wildcards, one of the texts a regular expression cannot do without. Beginning and end of a value
 * are marked with two characters of their own, so {@code startswith}, {@code endswith} and equality are texts as well:
 * "/sh" at the end is "/sh" and the end mark ({@link Triggers}).
 *
 * <p><b>One pass.</b> Of each trigger four characters in a row are chosen, those that follow each other most rarely in the
 * texts of all triggers ({@link Gram}). While a value is read, each character is one load from a table of pairs and one AND:
 * what is left of the state says whether such characters may end here, and nearly every place is passed over ({@link
 * PairFilter}). For the rest a hash table names the triggers of this field and those of keywords ({@link GramTable}), and
 * each of them is compared in place ({@link Scanner}). This is the filter of Wu and Manber ("A fast algorithm for
 * multi-pattern searching", 1994) without its shifts. An automaton (Aho and Corasick, 1975) would read each character once
 * as well, but its tables for the texts of three thousand rules have some hundred thousand states and fill tens of
 * megabytes; the table of pairs has 32 KiB for any number of rules and stays in the nearest cache. What an automaton would
 * bound and this does not: a value that repeats the four characters of many triggers over and over has each of them compared
 * each time. The choice of rare characters keeps such lists short.
 *
 * <p><b>What did not change.</b> Events that follow each other mostly come from one run and share its user, directory, agent
 * and parent. A short value that stands where it stood in the event before has the triggers it had then ({@link
 * LastValues}).
 *
 * <p><b>Pivots.</b> For each rule a set of atoms is chosen one of which must hold for the rule to hold: from an AND the
 * rarest side, from an OR all sides, from a NOT nothing ({@link Pivot}). A rule is asked only when an atom of its pivot
 * was triggered. Rules that have no such set (a lone NOT) wait for a field or are asked whenever their group is open.
 *
 * <p><b>Evaluation.</b> A rule that is asked is evaluated exactly. An atom whose trigger is all it says is known by then;
 * one that was not triggered is false; the rest (regular expressions, networks, numbers) are computed when the
 * evaluation reaches them and remembered for the event. So the index decides only what is skipped, never what matches,
 * and a slow interpreter in the tests must agree with it on everything.
 *
 * <p>Rules are sorted by identity before they get their numbers: in which order they were loaded cannot be seen.
 */
public final class Engine {
    private final List<Entry> rules;
    private final Routes routes;
    final Map<String, Integer> fields;
    final Node[] nodes;
    final int[] groupOf;
    final Check[] checks;
    final int[] fieldOf;
    final int[] otherOf;
    final boolean[] triggered;
    final boolean[] decided;
    final @Nullable GlobMatcher[] globs;
    final Trigger[] triggers;
    final long[] triggerMask;
    final int[] triggerField;
    final long[] fieldMask;
    final long keywordMask;
    final PairFilter filter;
    final GramTable grams;
    final int[][] rulesOfAtom;
    final int[][] rulesOfField;
    final int[] rulesAlways;

    private Engine(List<Entry> entries) {
        this.rules = sorted(entries);
        this.routes = new Routes();
        Atoms atoms = new Atoms();
        this.nodes = new Node[rules.size()];
        this.groupOf = new int[rules.size()];
        for (int rule = 0; rule < nodes.length; rule++) {
            groupOf[rule] = routes.group(rules.get(rule).source());
            nodes[rule] = atoms.node(rules.get(rule).expression(), Routes.bit(groupOf[rule]));
        }
        this.fields = atoms.fields();
        int size = atoms.size();
        this.checks = new Check[size];
        this.fieldOf = new int[size];
        this.otherOf = new int[size];
        this.triggered = new boolean[size];
        this.decided = new boolean[size];
        this.globs = atoms.matchers();
        List<Trigger> all = new ArrayList<>();
        for (int atom = 0; atom < size; atom++) {
            checks[atom] = atoms.check(atom);
            fieldOf[atom] = atoms.field(atom);
            otherOf[atom] = atoms.other(atom);
            triggered[atom] = !atoms.triggers(atom).isEmpty();
            decided[atom] = atoms.triggers(atom).stream().anyMatch(Trigger::decides);
            all.addAll(atoms.triggers(atom));
        }
        this.triggers = all.toArray(Trigger[]::new);
        this.triggerMask = all.stream().mapToLong(t -> atoms.groups(t.atom())).toArray();
        this.triggerField = all.stream().mapToInt(t -> fieldOf[t.atom()]).toArray();
        this.fieldMask = new long[fields.size()];
        this.keywordMask = masks();
        List<Gram> chosen = Gram.choose(all);
        this.filter = new PairFilter(chosen);
        this.grams = new GramTable(chosen, triggerField);
        List<List<Integer>> byAtom = lists(size);
        List<List<Integer>> byField = lists(fields.size());
        List<Integer> always = new ArrayList<>();
        for (int rule = 0; rule < nodes.length; rule++) {
            place(rule, Pivot.of(nodes[rule], atoms), byAtom, byField, always);
        }
        this.rulesOfAtom = byAtom.stream().map(Engine::numbers).toArray(int[][]::new);
        this.rulesOfField = byField.stream().map(Engine::numbers).toArray(int[][]::new);
        this.rulesAlways = numbers(always);
    }

    /** Makes rules ready. */
    public static Engine of(List<Entry> entries) {
        return new Engine(entries);
    }

    /** A matcher of these rules for one thread. */
    public Matcher matcher() {
        return new Matcher(this);
    }

    /** All rules, in the order of their identity. */
    public List<Entry> rules() {
        return rules;
    }

    Routes routes() {
        return routes;
    }

    /** Which groups ask for texts in each field; gives which ask for them in every field. */
    private long masks() {
        long everywhere = 0;
        for (int t = 0; t < triggers.length; t++) {
            if (triggerField[t] == Atoms.EVERYWHERE) {
                everywhere |= triggerMask[t];
            } else {
                fieldMask[triggerField[t]] |= triggerMask[t];
            }
        }
        for (int field = 0; field < fieldMask.length; field++) {
            fieldMask[field] |= everywhere;
        }
        return everywhere;
    }

    private static List<Entry> sorted(List<Entry> entries) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing((Entry entry) -> entry.header().key())
                .thenComparing(entry -> entry.header().title())
                .thenComparing(entry -> entry.header().place().toString()));
        return Collections.unmodifiableList(sorted);
    }

    private static void place(
            int rule, Pivot pivot, List<List<Integer>> byAtom, List<List<Integer>> byField, List<Integer> always) {
        if (pivot.cost() == Double.POSITIVE_INFINITY) {
            always.add(rule);
        }
        pivot.atoms().stream().distinct().forEach(atom -> byAtom.get(atom).add(rule));
        pivot.fields().stream().distinct().forEach(field -> byField.get(field).add(rule));
    }

    private static List<List<Integer>> lists(int size) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            lists.add(new ArrayList<>(1));
        }
        return lists;
    }

    private static int[] numbers(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
