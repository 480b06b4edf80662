package dev.pawl.gateway.spend;

import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the head of a request says of what is called, in every way a server may read it.
 *
 * @param methods as sent, and what a header would have a server take in its place
 * @param paths segments in lower case: with encoded slashes as parts of a segment and as ends of one, with parameters of
 *     segments and without
 * @param query parameters of the target
 * @param named operations that fields of the head and the path name
 * @param type media type of the body, lower-case; empty where it is not said
 * @param codings of the body, in their order
 * @param unclear why the query cannot be read, where it cannot
 */
record Call(
        Set<String> methods,
        Set<List<String>> paths,
        Fields query,
        List<String> named,
        String type,
        List<String> codings,
        Optional<String> unclear) {
    private static final int MOST_SEGMENTS = 64;
    private static final Set<String> OVERRIDES =
            Set.of("x-http-method-override", "x-http-method", "x-method-override", "x-original-method");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    Call {
        methods = Set.copyOf(methods);
        paths = Set.copyOf(paths);
        named = List.copyOf(named);
        codings = List.copyOf(codings);
    }

    static Call of(Head head) {
        Set<String> methods = new LinkedHashSet<>();
        List<String> named = new ArrayList<>();
        List<String> codings = new ArrayList<>();
        methods.add(head.method().toUpperCase(Locale.ROOT));
        for (Header field : head.headers()) {
            switch (field.name().toLowerCase(Locale.ROOT)) {
                case "x-amz-target" -> named.add(last(field.value(), '.'));
                case "x-acs-action" -> named.add(field.value().strip());
                case "content-encoding" -> codings.addAll(codings(field.value()));
                case String name when OVERRIDES.contains(name) -> methods.add(upper(field.value()));
                default -> {}
            }
        }
        int question = head.target().indexOf('?');
        Set<List<String>> paths =
                paths(question < 0 ? head.target() : head.target().substring(0, question));
        paths.stream().filter(Call::remote).map(List::getLast).distinct().forEach(named::add);
        Fields query = new Fields();
        Optional<String> unclear = Optional.empty();
        try {
            if (question >= 0) {
                Forms.read(head.target().substring(question + 1), query);
            }
        } catch (Unclear e) {
            unclear = Optional.of("its query: " + e.reason);
        }
        query.of("x-http-method-override").forEach(method -> methods.add(upper(method)));
        query.of("$httpmethod").forEach(method -> methods.add(upper(method)));
        String type = head.header("content-type").orElse("").strip().toLowerCase(Locale.ROOT);
        return new Call(methods, paths, query, named, type, codings, unclear);
    }

    private static String upper(String method) {
        return method.strip().toUpperCase(Locale.ROOT);
    }

    private static String last(String text, char separator) {
        return text.substring(text.lastIndexOf(separator) + 1).strip();
    }

    private static List<String> codings(String value) {
        return Stream.of(value.split(",", -1))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty() && !word.equals("identity"))
                .toList();
    }

    /** {@code /service/S/operation/O}: AWS's protocol with CBOR. */
    private static boolean remote(List<String> path) {
        return path.size() == 4 && path.get(0).equals("service") && path.get(2).equals("operation");
    }

    private static Set<List<String>> paths(String path) {
        Set<List<String>> readings = new LinkedHashSet<>();
        for (String slashes : List.of(path, path.replaceAll("(?i)%2f", "/"))) {
            for (String parameters : List.of(slashes, slashes.replaceAll(";[^/]*", ""))) {
                List<String> segments = segments(parameters);
                if (segments.size() <= MOST_SEGMENTS) {
                    readings.add(segments);
                }
            }
        }
        return readings;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            try {
                segments.add(Forms.decoded(segment.replace("+", "%2B")).toLowerCase(Locale.ROOT));
            } catch (Unclear e) {
                // What is not encoded properly was refused before; as it is, it is no path of the catalogue.
                segments.add(segment);
            }
        }
        while (!segments.isEmpty() && segments.getLast().isEmpty()) {
            segments.removeLast();
        }
        return segments;
    }

    /** Whether it may change anything. */
    boolean writes() {
        return !READING.containsAll(methods);
    }

    /** Whether method and path are those of an entry that has a path. */
    boolean isAt(Entry entry) {
        return methods.stream().anyMatch(entry::takes)
                && entry.path()
                        .filter(pattern -> paths.stream().anyMatch(pattern::fits))
                        .isPresent();
    }
}
