package dev.pawl.gateway.leak.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Finds all of many literals in one pass, with one look into a table a byte (Aho and Corasick, 1975). Immutable.
 *
 * <p>Bytes that no literal holds share a column, so the rows that ordinary text touches stay in the nearest cache.
 * States are numbered by their row's place in the table, those that end a literal last, so that one comparison tells
 * whether something was found.
 */
final class Automaton {
    final char[] column = new char[256];
    final int[] next;
    /** From this state on, something ends. */
    final int firstEnd;

    private final int width;
    private final int[] depth;
    private final int[][] ends;

    Automaton(List<byte[]> literals) {
        width = columns(literals);
        List<int[]> trie = new ArrayList<>(List.of(row()));
        List<List<Integer>> found = new ArrayList<>(List.of(new ArrayList<>()));
        List<Integer> depths = new ArrayList<>(List.of(0));
        for (int which = 0; which < literals.size(); which++) {
            int state = 0;
            for (byte b : literals.get(which)) {
                int c = column[b & 0xff];
                if (trie.get(state)[c] < 0) {
                    trie.get(state)[c] = trie.size();
                    trie.add(row());
                    found.add(new ArrayList<>());
                    depths.add(depths.get(state) + 1);
                }
                state = trie.get(state)[c];
            }
            found.get(state).add(which);
        }
        complete(trie, found);
        int[] places = places(found);
        int states = trie.size();
        next = new int[states * width];
        depth = new int[states];
        ends = new int[states][];
        int silent = 0;
        for (int state = 0; state < states; state++) {
            int place = places[state];
            for (int c = 0; c < width; c++) {
                next[place * width + c] = places[trie.get(state)[c]] * width;
            }
            depth[place] = depths.get(state);
            ends[place] = found.get(state).stream().mapToInt(Integer::intValue).toArray();
            silent += found.get(state).isEmpty() ? 1 : 0;
        }
        firstEnd = silent * width;
    }

    /** How many of the last bytes could be the beginning of a literal. */
    int depth(int state) {
        return depth[state / width];
    }

    /** Which literals end in a state, by their places in the list. */
    int[] ends(int state) {
        return ends[state / width];
    }

    private int columns(List<byte[]> literals) {
        boolean[] used = new boolean[256];
        literals.forEach(literal -> {
            for (byte b : literal) {
                used[b & 0xff] = true;
            }
        });
        int count = 1;
        for (int b = 0; b < 256; b++) {
            column[b] = used[b] ? (char) count++ : 0;
        }
        return count;
    }

    private int[] row() {
        int[] row = new int[width];
        Arrays.fill(row, -1);
        return row;
    }

    /** Fills in where to go from a state whose literal does not go on: where its longest proper suffix goes. */
    private void complete(List<int[]> trie, List<List<Integer>> found) {
        int[] suffix = new int[trie.size()];
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int state = open.remove();
            int[] row = trie.get(state);
            found.get(state).addAll(state == suffix[state] ? List.of() : found.get(suffix[state]));
            for (int c = 0; c < width; c++) {
                int fallback = state == 0 ? 0 : trie.get(suffix[state])[c];
                if (row[c] < 0) {
                    row[c] = fallback;
                } else {
                    suffix[row[c]] = fallback;
                    open.add(row[c]);
                }
            }
        }
    }

    private static int[] places(List<List<Integer>> found) {
        int[] places = new int[found.size()];
        int place = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int state = 0; state < places.length; state++) {
                if (found.get(state).isEmpty() == (pass == 0)) {
                    places[state] = place++;
                }
            }
        }
        return places;
    }
}
