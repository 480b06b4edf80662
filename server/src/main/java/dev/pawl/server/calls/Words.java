package dev.pawl.server.calls;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line without regard to quoting: quotes and backslashes are left out, blanks and operators part
 * words, and so does a line end that is written as {@code \\n}. So a command has the same words by itself, inside quotes of a wrapper, and inside quotes inside those. Immutable.
 */
record Words(List<String> all) {
    /** Words that are kept. */
    static final int MOST = 8_192;

    /** Characters before a variable that tell a word from others. */
    private static final int LEAST_BEFORE = 3;

    Words {
        all = List.copyOf(all);
    }

    static Words of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length() && words.size() < MOST; i++) {
            char next = text.charAt(i);
            boolean line = next == '\\' && i + 1 < text.length() && text.charAt(i + 1) == 'n';
            if (next == '\'' || next == '"' || (next == '\\' && !line)) {
                continue;
            }
            boolean operator = ";|&()<>`".indexOf(next) >= 0;
            i += line ? 1 : 0;
            if (operator || line || next <= ' ') {
                end(word, words);
                if (operator) {
                    words.add(String.valueOf(next));
                }
            } else {
                word.append(next);
            }
        }
        end(word, words);
        return new Words(words);
    }

    private static void end(StringBuilder word, List<String> into) {
        if (!word.isEmpty()) {
            into.add(word.toString());
            word.setLength(0);
        }
    }

    int size() {
        return all.size();
    }

    /** Whether those words stand here, one after the other. */
    boolean contains(Words part) {
        return at(part, 0) >= 0;
    }

    /** Whether those words stand here once a shell has filled variables in, one after the other: it does that inside words. */
    boolean says(Words line) {
        for (int at = 0; at + line.size() <= all.size(); at++) {
            int same = 0;
            while (same < line.size() && fits(all.get(at + same), line.all.get(same))) {
                same++;
            }
            if (same == line.size()) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String said, String word) {
        int variable = said.indexOf('$');
        return said.equals(word) || (variable >= LEAST_BEFORE && word.startsWith(said.substring(0, variable)));
    }

    /** Where those words stand next, at {@code from} or later; -1 if nowhere. */
    int at(Words part, int from) {
        for (int at = from; at + part.size() <= all.size(); at++) {
            if (all.subList(at, at + part.size()).equals(part.all)) {
                return at;
            }
        }
        return -1;
    }
}
