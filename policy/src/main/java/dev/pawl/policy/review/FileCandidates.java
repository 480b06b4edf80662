package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What differs in the workspace and the grants of files. */
final class FileCandidates {
    private FileCandidates() {}

    static Stream<Candidate> of(Side one, Side other) {
        return Stream.of(
                        of("workspace", true, charter -> List.of(charter.workspace()), one, other),
                        of("files.read", false, charter -> charter.files().read(), one, other),
                        of("files.write", true, charter -> charter.files().write(), one, other))
                .flatMap(Function.identity());
    }

    private static Stream<Candidate> of(
            String area, boolean write, Function<Charter, List<Path>> paths, Side one, Side other) {
        return Groups.of(paths.apply(one.charter()), paths.apply(other.charter()), Path::equals, Touching::overlap)
                .stream()
                .map(group -> candidate(area, write, group));
    }

    /** Which rule speaks for a path depends on the other grants, so a decision is told by the path alone. */
    private static Candidate candidate(String area, boolean write, Groups<Path> group) {
        Predicate<Attempt> touches = Touching.paths(group.all().toList())
                .and(attempt -> write || !(attempt instanceof Attempt.Mount mount && mount.write()));
        return new Candidate(
                area,
                NetworkCandidates.texts(group.removed(), Path::toString),
                NetworkCandidates.texts(group.added(), Path::toString),
                difference -> touches.test(difference.attempt()),
                touches,
                group.all()
                        .map(path -> (Attempt) new Attempt.Mount(path, write))
                        .toList(),
                Optional.empty());
    }
}
