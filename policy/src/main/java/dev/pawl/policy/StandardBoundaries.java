package dev.pawl.policy;

import dev.pawl.core.Boundary;
import dev.pawl.core.Cidr;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The boundaries every agent is held to. They are written once, in {@value #RESOURCE}, whose form a test checks with the
 * reader of all other boundaries; here it is taken at its word.
 */
public final class StandardBoundaries {
    static final String RESOURCE = "standard-boundaries.yaml";

    private StandardBoundaries() {}

    /** All of them, in the order they are taught; {@code ~} in them is this process's user's home. */
    public static List<Boundary> all() {
        return all(Surroundings.current());
    }

    /** All of them, for the home of these surroundings. Programs and paths are looked for anew each time. */
    public static List<Boundary> all(Surroundings surroundings) {
        Paths paths = new Paths(surroundings);
        List<Boundary> boundaries = new ArrayList<>();
        for (StandardText.Item item : Text.ITEMS) {
            boundaries.add(new Boundary(
                    item.one("id"),
                    item.one("never"),
                    item.one("because"),
                    new Boundary.Forbidden(
                            item.all("hosts"),
                            item.all("networks").stream().map(Cidr::parse).toList(),
                            item.all("ports").stream().map(Integer::valueOf).toList(),
                            item.all("programs").stream()
                                    .flatMap(program -> Programs.all(program).stream())
                                    .distinct()
                                    .toList(),
                            paths(item, "paths.read", paths),
                            paths(item, "paths.write", paths),
                            item.all("protocols"),
                            item.one("cedar")),
                    item.one("held"),
                    item.all("drill"),
                    item.one("demo")));
        }
        return List.copyOf(boundaries);
    }

    /** Their ids, in the same order. */
    public static List<String> ids() {
        return Text.ITEMS.stream().map(item -> item.one("id")).toList();
    }

    private static List<Path> paths(StandardText.Item item, String key, Paths paths) {
        return item.all(key).stream()
                .flatMap(text -> paths.places(text).stream())
                .distinct()
                .toList();
    }

    /** Read once a process. */
    private static final class Text {
        static final List<StandardText.Item> ITEMS =
                StandardText.read(RESOURCE, new String(bytes(), StandardCharsets.UTF_8));
    }

    static byte[] bytes() {
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
