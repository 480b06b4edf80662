package dev.pawl.policy;

import java.util.List;
import java.util.regex.Pattern;

/** Indented lines of YAML that every reader takes for the same. For one thread. */
final class YamlLines {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z/][A-Za-z0-9_./@-]*(:[A-Za-z0-9_./@-]+)*( [A-Za-z0-9_./@-]+)*");

    /** Words some YAML reader takes for something else than text. */
    private static final Pattern WORDS = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private final StringBuilder text = new StringBuilder();

    /** {@code key: value}; the value is written as it is. */
    void add(int depth, String key, String value) {
        indent(depth).append(key).append(": ").append(value).append('\n');
    }

    void open(int depth, String key) {
        indent(depth).append(key).append(":\n");
    }

    void comment(int depth, String words) {
        indent(depth).append("# ").append(words).append('\n');
    }

    /** A list of text; left out if it has no items. */
    void list(int depth, String key, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        open(depth, key);
        items.forEach(
                item -> indent(depth + 1).append("- ").append(quoted(item)).append('\n'));
    }

    /** Several lines of text, one a line where YAML can say that, else in quotes. */
    void block(int depth, String key, String lines) {
        boolean block = lines.endsWith("\n")
                && !lines.endsWith("\n\n")
                && !lines.startsWith(" ")
                && !lines.startsWith("\n")
                && lines.lines().noneMatch(line -> !line.isEmpty() && line.isBlank());
        if (!block) {
            add(depth, key, quoted(lines));
            return;
        }
        add(depth, key, "|");
        lines.lines().forEach(line -> {
            if (!line.isEmpty()) {
                indent(depth + 1).append(line);
            }
            text.append('\n');
        });
    }

    private StringBuilder indent(int depth) {
        return text.append("  ".repeat(depth));
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** A YAML scalar that every reader takes for this text: plain where that is safe, else in double quotes. */
    static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Shown.steers(c)) {
                        quoted.append(String.format("\\U%08X", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
