package dev.pawl.cli.charter;

import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.YamlPlaces;
import dev.pawl.policy.engine.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Says where in the files of a bundle a rule or a key stands. The files are read again, for their lines. */
final class Placing {
    private static final String OF_ORGANIZATION = "organization.";

    private final PolicyBundle bundle;
    private final List<Rule> rules;
    private final String charter;
    private final String organization;

    Placing(PolicyBundle bundle, List<Rule> rules, Path directory) throws IOException {
        this.bundle = bundle;
        this.rules = rules;
        this.charter = read(bundle.charter().source(), directory);
        this.organization = read(bundle.organization().source(), directory);
    }

    /** The text of the charter's file; empty for the built-in one. */
    String charter() {
        return charter;
    }

    /** The text of the organisation file; empty where there is none. */
    String organization() {
        return organization;
    }

    /** {@code file:line:column} of the rule or key, or of what it is part of; the charter's name where it has no place. */
    String of(String rule) {
        for (Rule each : rules) {
            if (each.id().equals(rule) && each.policy().source().contains("/")) {
                return each.policy().source() + ":" + each.policy().line();
            }
        }
        boolean ofOrganization = rule.startsWith(OF_ORGANIZATION);
        String source = ofOrganization
                ? bundle.organization().source()
                : bundle.charter().source();
        String yaml = ofOrganization ? organization : charter;
        String path = ofOrganization ? rule.substring(OF_ORGANIZATION.length()) : rule;
        while (!path.isEmpty()) {
            Optional<YamlPlaces.Place> place = YamlPlaces.find(yaml, path);
            if (place.isPresent()) {
                return source + ":" + place.get().line() + ":" + place.get().column();
            }
            path = path.substring(0, Math.max(path.lastIndexOf('.'), 0));
        }
        return source;
    }

    /** A charter that was made and not read has no file. */
    private static String read(String source, Path directory) throws IOException {
        if (source.isEmpty()) {
            return "";
        }
        Path file = directory.resolve(source);
        return Files.isRegularFile(file) ? Files.readString(file) : "";
    }
}
