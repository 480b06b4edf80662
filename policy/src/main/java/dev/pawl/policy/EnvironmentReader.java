package dev.pawl.policy;

import dev.pawl.core.Charter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code env}. Any name may be set: it only reaches the agent itself, inside its sandbox. */
final class EnvironmentReader {
    static final List<String> KEYS = List.of("pass", "set");

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,127}";
    private static final String ALLOWED_NAME = "a name of letters, digits and _ is allowed, not starting with a digit";
    private static final int LONGEST = 32768;

    private EnvironmentReader() {}

    static Charter.Environment read(Section root, List<String> keys) {
        Optional<Section> section = root.get("env").flatMap(value -> value.section(keys));
        Set<String> pass = new LinkedHashSet<>();
        for (Value item :
                section.flatMap(env -> env.get("pass")).map(Value::items).orElse(List.of())) {
            Optional<String> name = item.text(128, ALLOWED_NAME).filter(text -> isName(item, text));
            if (name.isPresent() && !pass.add(name.get())) {
                item.problem("names " + name.get() + " a second time; once is enough");
            }
        }
        Map<String, String> set = new LinkedHashMap<>();
        section.flatMap(env -> env.get("set"))
                .flatMap(value -> value.section(Section.ANY))
                .ifPresent(names -> names.values().forEach((name, value) -> set(names, name, value, pass, set)));
        return new Charter.Environment(List.copyOf(pass), set);
    }

    private static void set(Section names, String name, Value value, Set<String> pass, Map<String, String> into) {
        Value key = names.keys().getOrDefault(name, value);
        if (!isName(key, name)) {
            return;
        }
        if (pass.contains(name)) {
            key.problem("is also in env.pass; keep one of the two");
        }
        Optional<String> text = value.written();
        if (text.isEmpty()) {
            value.problem("is " + value.kind() + "; text, a number or a truth value is allowed; write \"\" for empty");
        } else if (text.get().length() > LONGEST) {
            value.problem("is longer than " + LONGEST + " characters, the most a value may have");
        } else if (text.get().codePoints().anyMatch(c -> c != '\n' && c != '\t' && Shown.steers(c))) {
            value.problem("has a control or invisible character in it; text, tabs and line breaks are allowed");
        } else {
            into.put(name, text.get());
        }
    }

    private static boolean isName(Value value, String text) {
        boolean name = text.matches(NAME);
        if (!name) {
            value.problem("is " + Shown.quote(text) + "; " + ALLOWED_NAME
                    + (text.contains("=") ? "; values go under env.set" : ""));
        }
        return name;
    }
}
