package dev.pawl.policy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Boundary;
import dev.pawl.core.SpokenProtocols;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads lists of boundaries: the standard ones, an organisation's, a charter's. */
final class BoundaryReader {
    static final List<String> KEYS = List.of(
            "id", "never", "because", "hosts", "networks", "ports", "programs", "paths", "protocols", "cedar", "drill");
    static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    /** Rules are named after their boundary; these names belong to other rules. */
    private static final Set<String> RESERVED =
            Set.of("commands", "files", "limits", "network", "organization", "workspace", "zone");

    private static final List<String> STANDARD_KEYS =
            Stream.concat(KEYS.stream(), Stream.of("held", "demo")).toList();
    private static final List<String> PATH_KEYS = List.of("read", "write");
    private static final Map<String, String> PROTOCOLS = protocols();
    private static final String SENTENCE = "one line of 1 to 500 characters is allowed";
    private static final int LONGEST_SENTENCE = 500;
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_CEDAR = 64 * 1024;

    private final Paths paths;

    BoundaryReader(Surroundings surroundings) {
        this.paths = new Paths(surroundings);
    }

    /** Boundaries somebody adds; {@code taken} are ids they may not have. */
    List<Boundary> added(Value list, Set<String> taken) {
        return read(list, KEYS, taken);
    }

    /** The standard ones. */
    List<Boundary> standard(Value list) {
        return read(list, STANDARD_KEYS, Set.of());
    }

    private List<Boundary> read(Value list, List<String> keys, Set<String> taken) {
        Set<String> seen = new HashSet<>(taken);
        List<Boundary> boundaries = new ArrayList<>();
        for (Value item : list.items()) {
            item.section(keys).flatMap(section -> boundary(section, seen)).ifPresent(boundaries::add);
        }
        return boundaries;
    }

    private Optional<Boundary> boundary(Section section, Set<String> seen) {
        Optional<String> id = section.required("id").flatMap(value -> id(value, seen));
        Optional<String> never = section.required("never").flatMap(BoundaryReader::sentence);
        Optional<String> because = section.required("because").flatMap(BoundaryReader::sentence);
        Boundary.Forbidden forbidden = forbidden(section);
        String held = section.get("held").flatMap(BoundaryReader::sentence).orElse("");
        String demo = section.get("demo").flatMap(BoundaryReader::sentence).orElse("");
        List<String> drill = section.texts("drill", Drills.LONGEST, this::drill);
        if (held.isEmpty() && forbidsNothing(section)) {
            section.self()
                    .problem(
                            "forbids nothing; give it hosts, networks, ports, programs, paths, protocols or cedar, and write what"
                                    + " only a person can judge into purpose");
        }
        if (id.isEmpty() || never.isEmpty() || because.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Boundary(id.get(), never.get(), because.get(), forbidden, held, drill, demo));
    }

    /** Looks at the keys, so that a wrong value is one problem and not two. */
    private static boolean forbidsNothing(Section section) {
        return Stream.of("hosts", "networks", "ports", "programs", "paths", "protocols", "cedar")
                .noneMatch(section.values()::containsKey);
    }

    private Boundary.Forbidden forbidden(Section section) {
        Optional<Section> under = section.get("paths").flatMap(value -> value.section(PATH_KEYS));
        return new Boundary.Forbidden(
                section.texts("hosts", LONGEST_NAME, BoundaryReader::hosts),
                section.texts("networks", LONGEST_NAME, NetworkReader::cidr),
                ports(section),
                section.texts("programs", LONGEST_PATH, Programs::all).stream()
                        .flatMap(List::stream)
                        .distinct()
                        .toList(),
                under.map(these -> paths(these, "read")).orElse(List.of()),
                under.map(these -> paths(these, "write")).orElse(List.of()),
                protocols(section),
                section.get("cedar").flatMap(BoundaryReader::cedar).orElse(""));
    }

    private static Map<String, String> protocols() {
        Map<String, String> words = new LinkedHashMap<>();
        SpokenProtocols.NAMES.forEach(name -> words.put(name, name));
        return words;
    }

    private static List<String> protocols(Section section) {
        List<String> protocols = new ArrayList<>();
        for (Value item : section.get("protocols").map(Value::items).orElse(List.of())) {
            item.oneOf(PROTOCOLS).ifPresent(protocols::add);
        }
        return protocols;
    }

    private static Optional<String> cedar(Value value) {
        Optional<String> text = value.lines(LONGEST_CEDAR, "policies in Cedar are allowed");
        text.ifPresent(found -> CedarTexts.check(value, found));
        return text;
    }

    /** What a boundary is called. */
    static Optional<String> id(Value value, Set<String> seen) {
        String allowed = "up to 64 lower-case letters and digits, with hyphens between words, are allowed";
        Optional<String> text = value.text(64, allowed);
        if (text.isPresent() && !text.get().matches(ID)) {
            value.problem("is " + Shown.quote(text.get()) + "; " + allowed + ", such as no-customer-data");
            return Optional.empty();
        }
        if (text.isPresent() && RESERVED.contains(text.get())) {
            value.problem("is " + Shown.quote(text.get())
                    + ", with which the names of other rules begin; choose another" + " id, such as no-customer-data");
            return Optional.empty();
        }
        if (text.isPresent() && !seen.add(text.get())) {
            value.problem("is " + Shown.quote(text.get()) + ", which another boundary is called; choose another id");
            return Optional.empty();
        }
        return text;
    }

    static Optional<String> sentence(Value value) {
        return value.text(LONGEST_SENTENCE, SENTENCE);
    }

    private static String hosts(String text) {
        if (text.equals("*") || text.equals("*.")) {
            throw new IllegalArgumentException("is every host; without grants nothing is reached");
        }
        return HostNames.pattern(text);
    }

    /** The line as written, once it is known to be a drill. */
    private String drill(String line) {
        Attempt _ = Drills.attempt(line, paths);
        return line;
    }

    /** Absolute paths or ones below home; they need not exist. */
    private List<Path> paths(Section section, String key) {
        return section.texts(key, LONGEST_PATH, paths::places).stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static List<Integer> ports(Section section) {
        List<Integer> ports = new ArrayList<>();
        for (Value item : section.get("ports").map(Value::items).orElse(List.of())) {
            item.integer(1, 65535).ifPresent(ports::add);
        }
        return ports;
    }
}
