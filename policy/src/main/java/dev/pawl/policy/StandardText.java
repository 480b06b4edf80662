package dev.pawl.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the file of the standard boundaries, which every start of a run needs, many times faster than a YAML parser. It
 * understands of YAML what that file uses and refuses all else: items, each a mapping of keys to a plain or double-quoted
 * word, a list on one line or one item a line, a block of lines, or {@code paths} with lists below it. A test holds that
 * the YAML reader finds the same. For one thread.
 */
final class StandardText {
    private static final int KEYS = 2;
    private static final int BELOW = 4;

    private final String source;
    private final List<String> lines;
    private int at;

    /** One boundary as written: each key's values; those below {@code paths} as {@code paths.read}. */
    record Item(Map<String, List<String>> values) {
        List<String> all(String key) {
            return values.getOrDefault(key, List.of());
        }

        String one(String key) {
            List<String> all = all(key);
            return all.isEmpty() ? "" : all.getFirst();
        }
    }

    private StandardText(String source, String text) {
        this.source = source;
        this.lines = text.lines().toList();
    }

    static List<Item> read(String source, String text) {
        StandardText reader = new StandardText(source, text);
        List<Item> items = new ArrayList<>();
        while (reader.more()) {
            items.add(reader.item());
        }
        return List.copyOf(items);
    }

    /** Whether a line follows that is no comment. */
    private boolean more() {
        while (at < lines.size()
                && (lines.get(at).isBlank() || lines.get(at).strip().startsWith("#"))) {
            at++;
        }
        return at < lines.size();
    }

    private Item item() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        expect(lines.get(at).startsWith("- "));
        pair(lines.get(at).substring(KEYS), "", values);
        while (more() && indent() == KEYS) {
            pair(lines.get(at).substring(KEYS), "", values);
        }
        return new Item(values);
    }

    /** One key and its value; {@code at} is on its line, and after it on the next that is not its. */
    private void pair(String text, String prefix, Map<String, List<String>> into) {
        int colon = text.indexOf(':');
        expect(colon > 0 && text.chars().limit(colon).allMatch(c -> c >= 'a' && c <= 'z'));
        String key = prefix + text.substring(0, colon);
        String value = text.substring(colon + 1).strip();
        expect(!into.containsKey(key));
        if (value.equals("|")) {
            at++;
            into.put(key, List.of(block()));
        } else if (!value.isEmpty()) {
            into.put(key, value.startsWith("[") ? flow(value) : List.of(word(value)));
            at++;
        } else if (key.equals("paths")) {
            at++;
            while (more() && indent() == BELOW) {
                pair(lines.get(at).substring(BELOW), "paths.", into);
            }
        } else {
            at++;
            into.put(key, items(prefix.isEmpty() ? BELOW : BELOW + KEYS));
        }
    }

    private List<String> items(int indent) {
        List<String> items = new ArrayList<>();
        while (more() && indent() == indent) {
            String line = lines.get(at).substring(indent);
            expect(line.startsWith("- "));
            items.add(word(line.substring(2).strip()));
            at++;
        }
        expect(!items.isEmpty());
        return items;
    }

    private List<String> flow(String value) {
        expect(value.endsWith("]"));
        List<String> words = new ArrayList<>();
        for (String each : value.substring(1, value.length() - 1).split(",", -1)) {
            words.add(word(each.strip()));
        }
        return words;
    }

    /** Lines that are indented further than their key; one line break at the end, as YAML has it. */
    private String block() {
        StringBuilder text = new StringBuilder();
        while (at < lines.size() && (lines.get(at).isBlank() || indent() >= BELOW)) {
            String line = lines.get(at++);
            text.append(line.length() > BELOW ? line.substring(BELOW) : "").append('\n');
        }
        return text.toString().stripTrailing() + "\n";
    }

    private String word(String text) {
        if (text.startsWith("\"")) {
            expect(text.length() > 2 && text.indexOf('"', 1) == text.length() - 1 && text.indexOf('\\') < 0);
            return text.substring(1, text.length() - 1);
        }
        boolean plain = !text.isEmpty()
                && (Character.isLetterOrDigit(text.charAt(0)) || "/~".indexOf(text.charAt(0)) >= 0)
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.endsWith(":");
        expect(plain && !text.equals("~"));
        return text;
    }

    private int indent() {
        String line = lines.get(at);
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    private void expect(boolean known) {
        if (!known) {
            throw new IllegalStateException(source + ":" + (at + 1) + ": a form of YAML that is not known here: "
                    + (at < lines.size() ? lines.get(at) : ""));
        }
    }
}
