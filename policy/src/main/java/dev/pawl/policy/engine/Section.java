package dev.pawl.policy.engine;

import java.util.List;

/** Rules that belong together, with a line that says why. */
record Section(String title, List<Written> rules) {
    private static final int WIDTH = 110;

    Section {
        rules = List.copyOf(rules);
    }

    /** A rule with its text; an empty one for a rule that somebody wrote, which is put in order when it is asked for. */
    record Written(Rule rule, String text) {
        /** A rule this package wrote. */
        static Written of(String text) {
            return new Written(Rules.of(text), text);
        }

        String shown() {
            return text.isEmpty() ? rule.policy().text() : text;
        }
    }

    void writeTo(StringBuilder out) {
        out.append("\n// ").append("-".repeat(20)).append('\n');
        comment(out, title);
        rules.forEach(rule -> out.append('\n').append(rule.shown()).append('\n'));
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
