package dev.pawl.policy;

import dev.pawl.core.Charter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads all that decides one run: charter, organisation, policies beside both. */
public final class BundleLoader {
    private BundleLoader() {}

    /**
     * What a charter file means here. A relative {@code charter} is looked for in the surroundings' directory.
     *
     * @throws CharterException with every problem found, if anything of it cannot be read or used
     */
    public static PolicyBundle load(Path charter, Surroundings surroundings) throws CharterException {
        return load(charter, surroundings, true);
    }

    /**
     * The same, but without {@code made} a directory {@code policies} where the agent may write is not looked for: it was
     * not there when the run started, so the agent may have made it.
     */
    static PolicyBundle load(Path charter, Surroundings surroundings, boolean made) throws CharterException {
        Organization organization = OrganizationLoader.load(surroundings);
        Charter own = CharterLoader.load(charter, surroundings, organization);
        List<Path> writable = Stream.concat(Stream.of(own.workspace()), own.files().write().stream())
                .toList();
        return bundle(own, organization, policies(charter, surroundings, writable, made));
    }

    /**
     * What holds for a run that names no charter.
     *
     * @throws CharterException with every problem found
     */
    public static PolicyBundle builtIn(Surroundings surroundings) throws CharterException {
        Organization organization = OrganizationLoader.load(surroundings);
        return bundle(BuiltInCharter.of(surroundings, organization), organization, List.of());
    }

    /** Where the policies beside a charter's file lie, if there are any. */
    public static Path policiesBeside(Path charter) {
        return charter.resolveSibling(PolicyFiles.DIRECTORY);
    }

    private static PolicyBundle bundle(Charter own, Organization organization, List<PolicyFile> policies) {
        return new PolicyBundle(organization.grants().joinedTo(own), organization, policies);
    }

    private static List<PolicyFile> policies(Path charter, Surroundings surroundings, List<Path> writable, boolean made)
            throws CharterException {
        Path parent = surroundings.directory().resolve(charter).getParent();
        if (parent == null) {
            return List.of();
        }
        try {
            Path directory = parent.toRealPath();
            if (!made && writable.stream().anyMatch(directory::startsWith)) {
                return List.of();
            }
            List<PolicyFile> files = PolicyFiles.read(charter.toString(), directory);
            CedarTexts.check(files, directory.resolve(PolicyFiles.DIRECTORY), writable);
            return files;
        } catch (IOException e) {
            Problems problems = new Problems(charter.toString());
            problems.nowhere("cannot be read: " + Shown.clean(String.valueOf(e)));
            throw problems.exception();
        }
    }
}
