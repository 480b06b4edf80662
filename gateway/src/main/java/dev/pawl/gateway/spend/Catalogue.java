package dev.pawl.gateway.spend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Calls that cost money, from {@code hosts.tsv} and {@code catalogue.tsv}. Immutable. */
final class Catalogue {
    private static final int HOST_COLUMNS = 5;
    private static final int COLUMNS = 8;
    private static final String NONE = "-";

    private final Map<Group, List<Entry>> groups;

    private Catalogue(Map<Group, List<Entry>> groups) {
        this.groups = groups;
    }

    /** The one of this version. */
    static Catalogue known() {
        Map<String, Group> named = new LinkedHashMap<>();
        Map<Group, List<Entry>> groups = new LinkedHashMap<>();
        for (String[] row : rows("hosts.tsv", HOST_COLUMNS)) {
            Group group = new Group(
                    row[0],
                    row[1],
                    Group.word(Group.Way.class, row[2]),
                    Group.word(Group.Unknown.class, row[3]),
                    Stream.of(row[4].split(",", -1)).flatMap(Endpoints::of).toList());
            named.put(group.name(), group);
            groups.put(group, new ArrayList<>());
        }
        for (String[] row : rows("catalogue.tsv", COLUMNS)) {
            Group group = named.get(row[0]);
            if (group == null) {
                throw new IllegalStateException("no hosts are named " + row[0]);
            }
            groups.getOrDefault(group, new ArrayList<>())
                    .add(new Entry(
                            group,
                            list(row[1]),
                            row[2].equals(NONE) ? Optional.empty() : Optional.of(PathPattern.of(row[2])),
                            row[3],
                            Group.word(Change.class, row[4]),
                            list(row[5]),
                            row[6],
                            list(row[7])));
        }
        return new Catalogue(groups);
    }

    /** The services that a lower-case host name stands for, with their entries. */
    Map<Group, List<Entry>> at(String host) {
        Map<Group, List<Entry>> found = new LinkedHashMap<>();
        groups.forEach((group, entries) -> {
            if (group.covers(host)) {
                found.put(group, entries);
            }
        });
        return found;
    }

    /** Whether the first segment of a target is one with which a path of these entries begins, as far as can be told quickly. */
    static boolean begins(Map<Group, List<Entry>> at, String target) {
        int end = 1;
        while (end < target.length() && "/?;%".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        String first = target.substring(Math.min(1, target.length()), Math.min(end, target.length()))
                .toLowerCase(Locale.ROOT);
        return (end < target.length() && target.charAt(end) == '%')
                || at.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(entry -> entry.path()
                                .filter(path -> path.segments().getFirst().equals(first))
                                .isPresent());
    }

    /** All lines. */
    List<Entry> entries() {
        return groups.values().stream().flatMap(List::stream).toList();
    }

    List<Group> groups() {
        return List.copyOf(groups.keySet());
    }

    private static List<String> list(String column) {
        return column.equals(NONE) ? List.of() : List.of(column.split(",", -1));
    }

    /** The lines of a table beside this class. */
    static List<String[]> rows(String name, int columns) {
        List<String[]> rows = new ArrayList<>();
        try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] row = line.split("\t", -1);
                if (row.length != columns) {
                    throw new IllegalStateException(name + " has another number of columns in: " + line);
                }
                rows.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
