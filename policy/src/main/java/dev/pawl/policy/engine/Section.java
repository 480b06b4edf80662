package dev.pawl.policy.engine;

import java.util.List;

/** Rules that belong together, with a line that says why; in {@code texts} one rule each, in {@code rules} the same. */
record Section(String title, List<String> texts, List<Rule> rules) {
    private static final int WIDTH = 110;

    Section {
        texts = List.copyOf(texts);
        rules = List.copyOf(rules);
    }

    void writeTo(StringBuilder out) {
        out.append("\n// ").append("-".repeat(20)).append('\n');
        comment(out, title);
        texts.forEach(text -> out.append('\n').append(text).append('\n'));
    }

    /** One sentence as a comment, a line broken where it gets long. */
    static void comment(StringBuilder out, String sentence) {
        StringBuilder line = new StringBuilder("//");
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                out.append(line).append('\n');
                line.setLength(2);
            }
            line.append(' ').append(word);
        }
        out.append(line).append('\n');
    }
}
