package dev.pawl.gateway.spend;

import dev.pawl.core.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says what a request turns out to be. Whatever can be read in two ways counts as the way that costs money, or as ambiguous: a
 * person is bothered rather than a bill made. Immutable.
 */
final class Recogniser {
    /** First words of operations that nobody here knows, and that commit somebody to pay. */
    static final Set<String> SPENDING = Set.of(
            "accept",
            "allocate",
            "buy",
            "increase",
            "launch",
            "order",
            "pay",
            "provision",
            "purchase",
            "renew",
            "rent",
            "request",
            "reserve",
            "resize",
            "resume",
            "run",
            "scale",
            "start",
            "subscribe",
            "upgrade");

    /** First words of operations that only look. */
    static final Set<String> LOOKING =
            Set.of("describe", "get", "list", "search", "query", "check", "lookup", "preview", "estimate", "view");

    private static final Pattern WORD = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");
    private static final int MOST_DETAILS = 8;
    private static final int LONGEST_DETAIL = 60;
    private static final String NOBODY = "unknown";

    private final PriceList prices;

    Recogniser(PriceList prices) {
        this.prices = prices;
    }

    /** {@code at}: what the host stands for. */
    Finding find(Call call, String host, Map<Group, List<Entry>> at, Content content) {
        Finding ambiguous = new Finding.Clear();
        for (Map.Entry<Group, List<Entry>> each : at.entrySet()) {
            Finding found = new Look(call, host, each.getKey(), each.getValue(), content).find();
            if (found instanceof Finding.Spends) {
                return found;
            }
            ambiguous = found instanceof Finding.Ambiguous ? found : ambiguous;
        }
        return ambiguous;
    }

    /** One request and one service. */
    private final class Look {
        private final Call call;
        private final String host;
        private final Group group;
        private final List<Entry> entries;
        private final Content content;

        Look(Call call, String host, Group group, List<Entry> entries, Content content) {
            this.call = call;
            this.host = host;
            this.group = group;
            this.entries = entries;
            this.content = content;
        }

        Finding find() {
            return switch (group.way()) {
                case PATH -> byPath();
                case NAMED -> named();
                case GRAPHQL -> graph();
            };
        }

        private Finding byPath() {
            List<Entry> here = entries.stream().filter(call::isAt).toList();
            for (Entry entry : here) {
                if (entry.change() != Change.FREE && costs(entry)) {
                    return spends(entry, entry.operation());
                }
            }
            return here.isEmpty() && group.unknown() == Group.Unknown.HOLD && call.writes()
                    ? unknown(NOBODY)
                    : new Finding.Clear();
        }

        private boolean costs(Entry entry) {
            return entry.needs().isEmpty()
                    || content.unclear().isPresent()
                    || content.fields().hasAny(entry.needs());
        }

        private Finding named() {
            for (Entry entry : entries) {
                if (entry.change() != Change.FREE && call.isAt(entry) && costs(entry)) {
                    return spends(entry, entry.operation());
                }
            }
            List<String> parameters = new ArrayList<>(call.query().of("Action"));
            parameters.addAll(content.form() ? content.fields().of("Action") : List.of());
            List<String> operations = Stream.concat(call.named().stream(), parameters.stream())
                    .distinct()
                    .toList();
            Optional<String> unclear = call.unclear().or(this::unread);
            // A client of Alibaba Cloud names the same in a field of the head and in a parameter.
            if (operations.size() > 1 || call.named().size() > 1 || parameters.size() > 1) {
                return new Finding.Ambiguous("it names its operation more than once");
            }
            if (operations.isEmpty()) {
                return unclear.<Finding>map(Finding.Ambiguous::new)
                        .orElseGet(() -> group.unknown() == Group.Unknown.HOLD
                                        && call.writes()
                                        && entries.stream().noneMatch(call::isAt)
                                ? unknown(NOBODY)
                                : new Finding.Clear());
            }
            Finding found = operation(operations.getFirst());
            return found instanceof Finding.Clear && unclear.isPresent() ? new Finding.Ambiguous(unclear.get()) : found;
        }

        /** A body of a kind that names no operation need not be read where the head names one. */
        private Optional<String> unread() {
            boolean plain = call.type().contains("json") || call.type().contains("cbor");
            return plain && !call.named().isEmpty() ? Optional.empty() : content.unclear();
        }

        private Finding operation(String written) {
            String name = written.toLowerCase(Locale.ROOT);
            boolean free = false;
            for (Entry entry : entries) {
                if (entry.path().isEmpty()
                        && Glob.fits(entry.operation().toLowerCase(Locale.ROOT), name)
                        && (entry.change() == Change.FREE || costs(entry))) {
                    if (entry.change() != Change.FREE) {
                        return spends(entry, entry.operation().contains("*") ? clean(written) : entry.operation());
                    }
                    free = true;
                }
            }
            String verb = verb(written);
            boolean spends = switch (group.unknown()) {
                case HOLD -> !LOOKING.contains(verb);
                case VERBS -> SPENDING.contains(verb);
                case PASS -> false;
            };
            boolean known = entries.stream()
                    .anyMatch(entry -> entry.path().isEmpty()
                            && entry.operation().toLowerCase(Locale.ROOT).equals(name));
            return spends && !free && !known ? unknown(clean(written)) : new Finding.Clear();
        }

        private Finding graph() {
            List<Entry> here = entries.stream().filter(call::isAt).toList();
            if (here.isEmpty()) {
                return new Finding.Clear();
            }
            Optional<String> unclear = call.unclear().or(content::unclear);
            if (unclear.isPresent()) {
                return new Finding.Ambiguous(unclear.get());
            }
            List<String> texts = new ArrayList<>(content.fields().values());
            texts.addAll(call.query().values());
            boolean changes = content.fields().of("query").isEmpty()
                    && call.query().of("query").isEmpty();
            for (String text : texts) {
                for (String word :
                        WORD.matcher(text).results().map(match -> match.group()).toList()) {
                    Optional<Entry> named = here.stream()
                            .filter(entry -> entry.operation().equalsIgnoreCase(word))
                            .findFirst();
                    if (named.isPresent() && named.get().change() != Change.FREE) {
                        return spends(named.get(), named.get().operation());
                    }
                    changes |= word.equals("mutation");
                }
            }
            return changes && call.writes() ? unknown(NOBODY) : new Finding.Clear();
        }

        private Finding unknown(String operation) {
            return new Finding.Spends(group, operation, Change.UNKNOWN, Optional.empty(), List.of());
        }

        private Finding spends(Entry entry, String operation) {
            Optional<Price> price =
                    content.unclear().isPresent() ? Optional.empty() : prices.of(entry.price(), host, parameters());
            return new Finding.Spends(group, operation, entry.change(), price, details(entry));
        }

        private Fields parameters() {
            return content.fields().with(call.query());
        }

        private List<String> details(Entry entry) {
            List<String> details = new ArrayList<>();
            Fields all = parameters();
            for (String name : entry.shows()) {
                for (String value : all.of(name)) {
                    if (details.size() < MOST_DETAILS && !value.isEmpty()) {
                        details.add(name + "=" + cut(value));
                    }
                }
            }
            return details;
        }
    }

    private static String cut(String value) {
        return value.length() <= LONGEST_DETAIL ? value : value.substring(0, LONGEST_DETAIL) + "…";
    }

    private static String clean(String operation) {
        return operation.matches("[A-Za-z0-9_.:-]{1,80}") ? operation : NOBODY;
    }

    /** The first word of {@code RunInstances}. */
    private static String verb(String operation) {
        int end = 1;
        while (end < operation.length() && !Character.isUpperCase(operation.charAt(end))) {
            end++;
        }
        return operation.isEmpty()
                ? ""
                : operation.substring(0, Math.min(end, operation.length())).toLowerCase(Locale.ROOT);
    }
}
