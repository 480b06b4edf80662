package dev.pawl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project as files. */
final class Sources {
    /** The directory of the root pom. */
    static final Path ROOT = Path.of(System.getProperty("pawl.root", ".."));

    private static final Pattern MODULE = Pattern.compile("<module>([a-z]+)</module>");

    private Sources() {}

    /** Modules as the root pom names them. */
    static List<String> modules() {
        return MODULE.matcher(read(ROOT.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Every Java file of a module that is part of the product. */
    static List<Path> main(String module) {
        return below(ROOT.resolve(module).resolve("src/main/java"), ".java");
    }

    /** Every package with code in it, by its full name. */
    static List<String> packages() {
        return modules().stream()
                .flatMap(module -> {
                    Path top = ROOT.resolve(module).resolve("src/main/java");
                    return main(module).stream().map(file -> top.relativize(file.resolveSibling("")));
                })
                .map(path -> path.toString().replace('/', '.'))
                .distinct()
                .toList();
    }

    /** Markdown at the root, in docs and in bench. */
    static List<Path> documents() {
        try (Stream<Path> root = Files.list(ROOT)) {
            return Stream.of(
                            root.filter(file -> file.toString().endsWith(".md")),
                            below(ROOT.resolve("docs"), ".md").stream(),
                            below(ROOT.resolve("bench"), ".md").stream())
                    .flatMap(files -> files)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that matches in a file. */
    static List<String> all(Pattern pattern, Path file) {
        return pattern.matcher(read(file)).results().map(MatchResult::group).toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> below(Path directory, String suffix) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
