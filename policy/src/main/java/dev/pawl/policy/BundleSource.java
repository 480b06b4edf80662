package dev.pawl.policy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the policy of one run is read from, now and whenever it changes while the run lives.
 *
 * <p>A directory {@code policies} beside the charter counts in this run only if it was there at the start, or lies where
 * the agent cannot write: else an agent could make one, and by a broken file in it keep its owner's changes out.
 */
public final class BundleSource {
    private static final int MOST_WATCHED = 1_000;

    private final Optional<Path> charter;
    private final Surroundings surroundings;
    private final boolean policiesAtStart;
    private final boolean learning;

    /**
     * @param charter the charter file; empty for the built-in charter
     */
    public BundleSource(Optional<Path> charter, Surroundings surroundings) {
        this(charter, surroundings, false);
    }

    /** The same policy, but open: for a run that is watched to learn what it needs. */
    public static BundleSource learning(Optional<Path> charter, Surroundings surroundings) {
        return new BundleSource(charter, surroundings, true);
    }

    private BundleSource(Optional<Path> charter, Surroundings surroundings, boolean learning) {
        this.learning = learning;
        this.charter = charter.map(file -> surroundings.directory().resolve(file));
        this.surroundings = surroundings;
        this.policiesAtStart = directory()
                .map(directory -> Files.exists(directory.resolve(PolicyFiles.DIRECTORY), LinkOption.NOFOLLOW_LINKS))
                .orElse(false);
    }

    /**
     * Reads everything anew.
     *
     * @throws CharterException with every problem found
     */
    public PolicyBundle load() throws CharterException {
        PolicyBundle bundle = charter.isEmpty()
                ? BundleLoader.builtIn(surroundings)
                : BundleLoader.load(charter.get(), surroundings, policiesAtStart);
        return learning ? OpenPolicy.of(bundle) : bundle;
    }

    /** Files and directories that are read, also those that would count if they were there. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path organization : List.of(
                surroundings.system().resolve(OrganizationLoader.FILE),
                surroundings.pawlHome().resolve(OrganizationLoader.FILE))) {
            addWithPolicies(files, organization, organization.getParent());
        }
        charter.ifPresent(file -> addWithPolicies(files, file, directory().orElse(null)));
        return files;
    }

    private static void addWithPolicies(List<Path> files, Path file, @Nullable Path directory) {
        files.add(file);
        if (directory == null) {
            return;
        }
        Path policies = directory.resolve(PolicyFiles.DIRECTORY);
        files.add(policies);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(policies)) {
            for (Path each : found) {
                if (files.size() < MOST_WATCHED) {
                    files.add(each);
                }
            }
        } catch (IOException e) {
            // Nothing there to be read; whether that is a problem is said by load.
            return;
        }
    }

    private Optional<Path> directory() {
        return charter.flatMap(file -> Stream.ofNullable(file.getParent()).findFirst());
    }
}
