package dev.pawl.policy;

import dev.pawl.core.Boundary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** The boundaries every agent is held to. They are written once, in {@value #RESOURCE}. */
public final class StandardBoundaries {
    private static final String RESOURCE = "standard-boundaries.yaml";

    private StandardBoundaries() {}

    /** All of them, in the order they are taught; {@code ~} in them is this process's user's home. */
    public static List<Boundary> all() {
        return all(Surroundings.current());
    }

    /** All of them, for the home of these surroundings. */
    public static List<Boundary> all(Surroundings surroundings) {
        try {
            Problems problems = new Problems(RESOURCE, Document.BOUNDARIES);
            List<Boundary> boundaries = new BoundaryReader(surroundings).standard(new Value(Text.ROOT, "", problems));
            problems.throwIfAny();
            return List.copyOf(boundaries);
        } catch (CharterException e) {
            throw unreadable(e);
        }
    }

    /** The text is parsed once a process; the programs and paths it names are looked for each time. */
    private static final class Text {
        static final Node ROOT = root();

        private static Node root() {
            try {
                Problems problems = new Problems(RESOURCE, Document.BOUNDARIES);
                return new YamlText(problems).read(bytes()).orElseThrow(problems::exception);
            } catch (CharterException e) {
                throw unreadable(e);
            }
        }
    }

    private static IllegalStateException unreadable(CharterException problems) {
        return new IllegalStateException("the standard boundaries of this build cannot be read: " + problems, problems);
    }

    private static byte[] bytes() {
        try (InputStream in = StandardBoundaries.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("this build has no " + RESOURCE);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
