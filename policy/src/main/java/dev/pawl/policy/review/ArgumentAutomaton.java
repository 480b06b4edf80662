package dev.pawl.policy.review;

import dev.pawl.core.CommandGrant.Arguments;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * One pattern for arguments as a nondeterministic automaton. It reads the characters of each argument and then
 * {@link #END}, argument after argument. Immutable.
 *
 * <p>A state is a place between the symbols of the pattern; where the next symbol is a star, the automaton may stay or
 * go on without reading. Behind the pattern stand two more states for patterns that take further arguments: between
 * arguments, which accepts, and within one.
 */
final class ArgumentAutomaton {
    /** Read after each argument. */
    static final int END = -1;

    private static final int STAR = -2;

    private final int[] symbols;
    private final boolean more;

    ArgumentAutomaton(Arguments pattern) {
        List<Integer> read = new ArrayList<>();
        for (String word : pattern.words()) {
            append(word, read);
            read.add(END);
        }
        this.symbols = read.stream().mapToInt(Integer::intValue).toArray();
        this.more = pattern.more();
    }

    private static void append(String word, List<Integer> into) {
        for (int i = 0; i < word.length(); ) {
            int c = word.codePointAt(i);
            boolean star = c == '\\' && word.startsWith("*", i + 1);
            into.add(star ? '*' : c == '*' ? STAR : c);
            i += star ? 2 : Character.charCount(c);
        }
    }

    /** Where it stands before it has read anything. */
    BitSet start() {
        BitSet states = new BitSet();
        add(0, states);
        return states;
    }

    /** Where it may stand after one more symbol; empty if it can read on no way. */
    BitSet after(BitSet states, int symbol) {
        BitSet next = new BitSet();
        for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
            if (state >= symbols.length) {
                if (more) {
                    next.set(symbol == END ? symbols.length : symbols.length + 1);
                }
            } else if (symbols[state] == STAR && symbol != END) {
                add(state, next);
            } else if (symbols[state] == symbol) {
                add(state + 1, next);
            }
        }
        return next;
    }

    /** Whether the arguments read so far, all ended, are ones the pattern stands for. */
    boolean accepts(BitSet states) {
        return states.get(symbols.length);
    }

    /** Adds the characters the pattern names. */
    void characters(Set<Integer> into) {
        for (int symbol : symbols) {
            if (symbol >= 0) {
                into.add(symbol);
            }
        }
    }

    private void add(int state, BitSet states) {
        int at = state;
        states.set(at);
        while (at < symbols.length && symbols[at] == STAR) {
            at++;
            states.set(at);
        }
    }
}
