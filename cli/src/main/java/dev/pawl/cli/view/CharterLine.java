package dev.pawl.cli.view;

import dev.pawl.policy.YamlPlaces;
import java.util.List;
import java.util.Optional;

/** Finds the line of a charter that a rule such as {@code network.allow[0]} stands on. */
public final class CharterLine {
    private CharterLine() {}

    /** The line with its number, from 1; empty where the rule is no path into this charter. */
    public static Optional<String> find(String charter, String rule) {
        List<String> lines = charter.lines().toList();
        return YamlPlaces.find(charter, rule)
                .map(YamlPlaces.Place::line)
                .filter(line -> line <= lines.size())
                .map(line -> "line " + line + ": " + lines.get(line - 1).strip());
    }
}
