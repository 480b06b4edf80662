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
