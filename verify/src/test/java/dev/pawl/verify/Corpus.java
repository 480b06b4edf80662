package dev.pawl.verify;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Vectors that lie beside the project. A test that needs missing ones is skipped and names the path. */
final class Corpus {
    private static final Pattern LIST = Pattern.compile("\"proof\":\\s*\\[([^\\]]*)\\]");
    private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");

    private Corpus() {}

    static Path path(String name) {
        Path path = Path.of(System.getProperty("pawl.root", ".."))
                .resolve("../shared/corpora/ledger")
                .resolve(name);
        assumeTrue(Files.exists(path), "needs " + path.normalize());
        return path;
    }

    static List<Path> json(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(path(folder))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** A member of a flat JSON object, without its quotes. */
    static String member(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\\s*(?:\"([^\"]*)\"|([^,}\\s]+))")
                .matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException(name + " is not in " + json);
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    static List<Digest> proof(String json) throws FormatFault {
        List<Digest> proof = new ArrayList<>();
        Matcher list = LIST.matcher(json);
        if (list.find()) {
            for (String hash : STRING.matcher(list.group(1))
                    .results()
                    .map(found -> found.group(1))
                    .toList()) {
                proof.add(Digest.parse(hash));
            }
        }
        return proof;
    }

    static String example(String document, int number) throws IOException {
        String[] parts = Files.readString(path("c2sp/" + document)).split("\n```[a-z]*\n", -1);
        return parts[2 * number + 1] + "\n";
    }
}
