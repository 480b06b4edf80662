package dev.pawl.policy.review;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Paths that stand for all paths, given those rules speak of, which mean everything below them too. */
final class PathPoints {
    private static final Path ROOT = Path.of("/");

    private PathPoints() {}

    /** Each path mentioned, what is above it, one unmentioned path in each, and one that lies in none. */
    static Set<Path> of(Collection<Path> paths) {
        Set<Path> points = new LinkedHashSet<>();
        points.add(below(ROOT, paths));
        for (Path path : paths) {
            points.add(path);
            points.add(below(path, paths));
            for (Path above = path.getParent(); above != null; above = above.getParent()) {
                points.add(above);
            }
        }
        return points;
    }

    /** A path directly below {@code path} that neither is nor leads to one mentioned. */
    static Path below(Path path, Collection<Path> paths) {
        String name = "any";
        for (int i = 2; leads(path.resolve(name), paths); i++) {
            name = "any" + i;
        }
        return path.resolve(name);
    }

    private static boolean leads(Path path, Collection<Path> paths) {
        return paths.stream().anyMatch(mentioned -> mentioned.startsWith(path));
    }
}
