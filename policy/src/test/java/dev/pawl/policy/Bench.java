package dev.pawl.policy;

import dev.pawl.core.Charter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A home, a Pawl state and a project in a temporary directory, and charters read there. */
public record Bench(Path home, Path state, Path project) {
    public static final String MINIMAL = "agent: fixer\nowner:\n  name: Ada Lovelace\npurpose: Fix failing tests\n";

    public static Bench in(Path temporary) {
        try {
            Path root = temporary.toRealPath();
            Path home = Files.createDirectories(root.resolve("home/ada"));
            return new Bench(
                    home,
                    Files.createDirectories(home.resolve(".pawl")),
                    Files.createDirectories(home.resolve("project")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands for /etc/pawl; does not exist at first. */
    public Path system() {
        return home.resolveSibling("etc/pawl");
    }

    public Surroundings surroundings() {
        return at(project);
    }

    public Surroundings at(Path directory) {
        return new Surroundings(home, state, directory, "ada", Map.of(), system());
    }

    Charter load(byte[] bytes) throws CharterException {
        try {
            Files.write(project.resolve("pawl.yaml"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CharterLoader.load(Path.of("pawl.yaml"), surroundings(), Organization.NONE);
    }

    public Charter load(String yaml) throws CharterException {
        return load(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** All that decides a run of this charter in the project. */
    public PolicyBundle bundle(String yaml) throws CharterException {
        try {
            Files.writeString(project.resolve("pawl.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return BundleLoader.load(Path.of("pawl.yaml"), surroundings());
    }

    /** The problems as {@code line:column: message}; none if it loads. */
    List<String> problems(byte[] bytes) {
        try {
            load(bytes);
            return List.of();
        } catch (CharterException e) {
            return e.problems().stream()
                    .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
                    .toList();
        }
    }

    List<String> problems(String yaml) {
        return problems(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether these bytes are a charter, without a file. Anything thrown but problems comes through. */
    boolean isCharter(byte[] bytes) {
        try {
            CharterReader.read("pawl.yaml", bytes, project, surroundings(), Organization.NONE);
            return true;
        } catch (CharterException e) {
            return e.problems().isEmpty();
        }
    }
}
