package dev.pawl.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scripts that lie beside this package's classes, and files an agent wrote. */
final class Texts {
    private static final int MAX_BYTES = 1 << 20;

    private Texts() {}

    /** The whole text of a resource; a missing one is a broken build. */
    static String resource(String name) {
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first MiB of a file; empty if it is not there. */
    static String head(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** The last line that says something, for a message. */
    static String lastLine(Path file) throws IOException {
        return head(file).lines().filter(line -> !line.isBlank()).reduce("nothing", (_, line) -> line);
    }
}
