package dev.pawl.policy;

import dev.pawl.core.Price;
import dev.pawl.core.Spending;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads what a grant says of calls that cost money: {@code spend}. */
final class SpendReader {
    static final String SPEND = "spend";
    static final List<String> KEYS = List.of("otherwise", "allow");
    static final List<String> ALLOW_KEYS = List.of("provider", "operation", "most");

    private static final int LONGEST = 120;
    private static final String OPERATION = "an operation is allowed as docs/spend.md names it, such as RunInstances; a"
            + " star stands for any letters";
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?) ([A-Z]{3})(?:/([a-z]+))?");

    private SpendReader() {}

    static Spending read(Value value, String grant) {
        if (!(value.node() instanceof MappingNode)) {
            return new Spending(
                    value.oneOf(words(List.of(Spending.Otherwise.values()))).orElse(Spending.Otherwise.ASK), List.of());
        }
        Optional<Section> section = value.section(KEYS);
        Spending.Otherwise otherwise = section.flatMap(these -> these.get("otherwise"))
                .flatMap(word -> word.oneOf(words(List.of(Spending.Otherwise.DENY, Spending.Otherwise.ASK))))
                .orElse(Spending.Otherwise.ASK);
        List<Spending.Allowed> allow = new ArrayList<>();
        List<Value> items =
                section.flatMap(these -> these.get("allow")).map(Value::items).orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            allowed(items.get(i), grant + "." + SPEND + "[" + i + "]").ifPresent(allow::add);
        }
        return new Spending(otherwise, allow);
    }

    private static Optional<Spending.Allowed> allowed(Value item, String id) {
        Optional<Section> section = item.section(ALLOW_KEYS);
        Optional<String> provider =
                section.flatMap(these -> these.required("provider")).flatMap(value -> value.oneOf(providers()));
        Optional<String> operation =
                section.flatMap(these -> these.required("operation")).flatMap(value -> value.text(LONGEST, OPERATION));
        Optional<Value> written = section.flatMap(these -> these.get("most"));
        Optional<Price> most = written.flatMap(value -> value.parsed(LONGEST, SpendReader::price));
        if (provider.isEmpty() || operation.isEmpty() || (written.isPresent() && most.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Spending.Allowed(id, provider.get(), operation.get(), most));
    }

    private static Price price(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (matcher.matches()) {
            String per = matcher.group(3) == null ? Price.Per.ONCE.text() : matcher.group(3);
            for (Price.Per each : Price.Per.values()) {
                if (each.text().equals(per)) {
                    long micros =
                            new BigDecimal(matcher.group(1)).movePointRight(6).longValueExact();
                    return new Price(micros, matcher.group(2), each);
                }
            }
        }
        throw new IllegalArgumentException(
                "is no price; an amount and a currency are allowed, such as 5 USD, and what it"
                        + " is paid for: /hour, /day, /month, /year");
    }

    private static Map<String, Spending.Otherwise> words(List<Spending.Otherwise> allowed) {
        Map<String, Spending.Otherwise> words = new LinkedHashMap<>();
        allowed.forEach(each -> words.put(each.text(), each));
        return words;
    }

    private static Map<String, String> providers() {
        Map<String, String> words = new LinkedHashMap<>();
        Spending.PROVIDERS.forEach(each -> words.put(each, each));
        return words;
    }

    /** As a charter writes it, into a grant at this depth. */
    static void write(YamlLines lines, int depth, Spending spending) {
        if (spending.allow().isEmpty()) {
            lines.add(depth, SPEND, YamlLines.quoted(spending.otherwise().text()));
            return;
        }
        lines.open(depth, SPEND);
        lines.add(depth + 1, "otherwise", YamlLines.quoted(spending.otherwise().text()));
        lines.open(depth + 1, "allow");
        for (Spending.Allowed allowed : spending.allow()) {
            lines.add(depth + 2, "- provider", YamlLines.quoted(allowed.provider()));
            lines.add(depth + 3, "operation", YamlLines.quoted(allowed.operation()));
            allowed.most().ifPresent(most -> lines.add(depth + 3, "most", YamlLines.quoted(most.text())));
        }
    }

    /** On one line, for comments and comparisons; nothing where a person is asked about all. */
    static String text(Spending spending) {
        if (spending.equals(Spending.ASK)) {
            return "";
        }
        List<String> words = new ArrayList<>();
        spending.allow()
                .forEach(allowed -> words.add(allowed.provider() + " " + allowed.operation()
                        + allowed.most().map(most -> " up to " + most.text()).orElse("")));
        words.add(
                words.isEmpty()
                        ? spending.otherwise().text()
                        : "else " + spending.otherwise().text());
        return " spend " + String.join(", ", words);
    }
}
