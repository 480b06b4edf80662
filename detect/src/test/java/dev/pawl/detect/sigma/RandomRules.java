package dev.pawl.detect.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rules of every kind over few letters, so that they match often enough to be worth comparing. */
final class RandomRules {
    static final List<String> FIELDS = List.of("A", "B", "C", "D", "Time", "Ip", "Number");
    private static final List<String> PIECES = List.of(
            "a", "b", "ab", "abc", "Cab", "ba", "-a", "/a", " -b", "\\", "\\\\", "*", "?", "\\*", ".", "É", "é",
            "\u2014a", "cabbage", "aabbcc", "0", "7", "%", "ß", "😀", "\u212a");
    private static final List<String> REGEXES = List.of(
            "a+b",
            "^ab",
            "c$",
            "a.c",
            "(?:ab|cab)",
            "[abc]{3}",
            "b?a?",
            "(ab|c)+b",
            "\\\\a",
            "É",
            "a(b(c|d)|bb)a*",
            "aabb|cabbage",
            "x*",
            "k",
            "(a|)b",
            "^$",
            "\\bab\\b",
            "ab{2,3}c");
    private static final List<String> NETWORKS =
            List.of("10.0.0.0/8", "10.1.2.0/23", "0.0.0.0/0", "10.1.2.3", "fe80::/10", "2001:db8::1/128", "::/0");

    private final Random random;

    RandomRules(long seed) {
        this.random = new Random(seed);
    }

    String rule(int number) {
        List<String> names = new ArrayList<>();
        StringBuilder text = new StringBuilder("title: Random " + number + "\nlogsource:\n    product: "
                + one(List.of("linux", "linux", "windows")) + "\n"
                + one(List.of("", "    category: process_creation\n", "    service: s\n"))
                + "detection:\n");
        int searches = 1 + random.nextInt(4);
        for (int i = 0; i < searches; i++) {
            String name = one(List.of("sel", "filter", "_hidden", "kw")) + i;
            names.add(name);
            text.append("    ").append(name).append(":\n").append(search());
        }
        text.append("    condition: ").append(condition(names, 3)).append('\n');
        return text.toString();
    }

    private String search() {
        StringBuilder text = new StringBuilder();
        switch (random.nextInt(6)) {
            case 0 -> {
                for (int i = 0; i <= random.nextInt(3); i++) {
                    text.append("        - ").append(quoted(value())).append('\n');
                }
            }
            case 1 -> {
                for (int i = 0; i <= random.nextInt(3); i++) {
                    text.append("        - ").append(line("          ")).append('\n');
                }
            }
            case 2 ->
                text.append("        '|")
                        .append(one(List.of("all", "contains|all", "cased|all")))
                        .append("':\n            - ")
                        .append(quoted(value()))
                        .append("\n            - ")
                        .append(quoted(value()))
                        .append('\n');
            default -> {
                List<String> keys = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    String line = line("        ");
                    String key = line.substring(0, line.indexOf(':'));
                    if (!keys.contains(key)) {
                        keys.add(key);
                        text.append("        ").append(line).append('\n');
                    }
                }
            }
        }
        return text.toString();
    }

    /** A field with modifiers and values; {@code indent} is that of the line. */
    private String line(String indent) {
        String field = one(List.of("A", "B", "C", "D"));
        return switch (random.nextInt(14)) {
            case 0 -> field + "|re" + one(List.of("", "|i", "|m", "|s", "|i|m|s")) + ": " + quoted(one(REGEXES));
            case 1 -> one(List.of("Ip", field)) + "|cidr: " + one(NETWORKS);
            case 2 -> one(FIELDS) + "|exists: " + random.nextBoolean();
            case 3 ->
                field + "|fieldref" + one(List.of("", "|contains", "|startswith", "|endswith", "|cased", "|neq")) + ": "
                        + one(FIELDS);
            case 4 ->
                one(List.of("Number", "A")) + one(List.of("|lt", "|lte", "|gt", "|gte")) + ": "
                        + (random.nextInt(20) - 5);
            case 5 ->
                "Time|" + one(List.of("minute", "hour", "day", "week", "month", "year"))
                        + one(List.of("", "|gte", "|lt", "|neq")) + ": " + one(List.of("1", "7", "12", "31", "2025"));
            case 6 -> one(FIELDS) + one(List.of("", "|neq")) + ": null";
            case 7 ->
                field + "|"
                        + one(List.of(
                                "base64offset|contains",
                                "wide|base64offset|contains",
                                "base64",
                                "utf16le",
                                "utf16|base64",
                                "utf16be|base64offset|contains"))
                        + ": " + quoted(one(List.of("ab", "cab", "ba", "abé")));
            case 8 -> "Number" + one(List.of("", "|neq", "|contains")) + ": " + random.nextInt(12);
            default ->
                field
                        + one(List.of(
                                "",
                                "",
                                "|contains",
                                "|startswith",
                                "|endswith",
                                "|cased",
                                "|contains|cased",
                                "|neq",
                                "|contains|windash",
                                "|windash|startswith",
                                "|contains|all",
                                "|contains|neq",
                                "|endswith|cased"))
                        + ":" + values(indent);
        };
    }

    private String values(String indent) {
        StringBuilder text = new StringBuilder();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            text.append('\n').append(indent).append("    - ").append(quoted(value()));
        }
        return text.toString();
    }

    private String value() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(random.nextInt(12) == 0 ? "" : one(PIECES));
        }
        return text.toString();
    }

    private String condition(List<String> names, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 7)) {
            case 0, 1 -> one(names);
            case 2 ->
                one(List.of("1 of ", "all of "))
                        + one(List.of("them", "*", one(names).substring(0, 2) + "*", one(names)));
            case 3 -> "(" + condition(names, depth - 1) + ")";
            case 4 -> "not " + one(names);
            case 5 -> condition(names, depth - 1) + " and " + condition(names, depth - 1);
            default -> condition(names, depth - 1) + " or " + condition(names, depth - 1);
        };
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
