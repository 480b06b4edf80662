package dev.pawl.policy.review;

import dev.pawl.core.CommandGrant.Arguments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shortest arguments that one set of patterns takes and another does not, by walking their automata side by
 * side, breadth first. The second set is walked as one deterministic automaton, made as far as the walk gets.
 */
final class ArgumentDifference {
    /** Far beyond what people write need; a pattern of a hundred stars against as many may pass it. */
    static final int MOST_WORK = 2_000_000;

    private ArgumentDifference() {}

    /** What a comparison found. */
    sealed interface Found {
        /** Everything the one takes, the other takes too. */
        record Nothing() implements Found {}

        /** These arguments make the difference. */
        record Example(List<String> arguments) implements Found {}

        /** More than {@value #MOST_WORK} steps of automata would be needed. */
        record TooMuch() implements Found {}
    }

    /** Arguments that {@code pattern} takes and none of {@code others}. */
    static Found of(Arguments pattern, List<Arguments> others) {
        if (others.contains(pattern)) {
            return new Found.Nothing();
        }
        ArgumentAutomaton wanted = new ArgumentAutomaton(pattern);
        List<ArgumentAutomaton> unwanted =
                others.stream().map(ArgumentAutomaton::new).toList();
        Set<Integer> alphabet = alphabet(wanted, unwanted);
        Deque<Step> queue = new ArrayDeque<>();
        Set<State> seen = new HashSet<>();
        Step first = new Step(
                new State(
                        wanted.start(),
                        unwanted.stream().map(ArgumentAutomaton::start).toList()),
                new Path(null, ArgumentAutomaton.END));
        queue.add(first);
        seen.add(first.state);
        long work = 0;
        while (!queue.isEmpty()) {
            Step step = queue.remove();
            if (step.path.symbol == ArgumentAutomaton.END && differs(step.state, wanted, unwanted)) {
                return new Found.Example(step.path.arguments());
            }
            for (int symbol : alphabet) {
                State next = step.state.after(symbol, wanted, unwanted);
                if (!next.wanted.isEmpty() && seen.add(next)) {
                    queue.add(new Step(next, new Path(step.path, symbol)));
                }
            }
            work += (long) alphabet.size() * (1 + others.size());
            if (work > MOST_WORK) {
                return new Found.TooMuch();
            }
        }
        return new Found.Nothing();
    }

    private static boolean differs(State state, ArgumentAutomaton wanted, List<ArgumentAutomaton> unwanted) {
        if (!wanted.accepts(state.wanted)) {
            return false;
        }
        for (int i = 0; i < unwanted.size(); i++) {
            if (unwanted.get(i).accepts(state.unwanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The end of an argument first, for short examples; then what patterns name; then one character none names. */
    private static Set<Integer> alphabet(ArgumentAutomaton wanted, List<ArgumentAutomaton> unwanted) {
        Set<Integer> alphabet = new TreeSet<>();
        wanted.characters(alphabet);
        unwanted.forEach(each -> each.characters(alphabet));
        int other = 'x';
        while (alphabet.contains(other)) {
            other++;
        }
        alphabet.add(other);
        alphabet.add(ArgumentAutomaton.END);
        return alphabet;
    }

    private record State(BitSet wanted, List<BitSet> unwanted) {
        State after(int symbol, ArgumentAutomaton one, List<ArgumentAutomaton> others) {
            BitSet next = one.after(wanted, symbol);
            List<BitSet> rest = new ArrayList<>(others.size());
            for (int i = 0; i < others.size(); i++) {
                rest.add(others.get(i).after(unwanted.get(i), symbol));
            }
            return new State(next, rest);
        }
    }

    private record Step(State state, Path path) {}

    /** How a state was reached; the first has no predecessor and stands for nothing read. */
    private record Path(@Nullable Path before, int symbol) {
        List<String> arguments() {
            Deque<Integer> read = new ArrayDeque<>();
            for (Path at = this; at.before != null; at = at.before) {
                read.push(at.symbol);
            }
            List<String> arguments = new ArrayList<>();
            StringBuilder argument = new StringBuilder();
            for (int symbol : read) {
                if (symbol == ArgumentAutomaton.END) {
                    arguments.add(argument.toString());
                    argument.setLength(0);
                } else {
                    argument.appendCodePoint(symbol);
                }
            }
            return arguments;
        }
    }
}
