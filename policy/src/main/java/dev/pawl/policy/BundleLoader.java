package dev.pawl.policy;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reads all that decides one run: charter, organisation, policies beside both. */
public final class BundleLoader {
    private BundleLoader() {}

    /**
     * What a charter file means here.
     *
     * @throws CharterException with every problem found, if anything of it cannot be read or used
     */
    public static PolicyBundle load(Path charter, Surroundings surroundings) throws CharterException {
        refuseOrganization(surroundings);
        return PolicyBundle.of(CharterLoader.load(charter, surroundings));
    }

    /**
     * What holds for a run that names no charter.
     *
     * @throws CharterException with every problem found
     */
    public static PolicyBundle builtIn(Surroundings surroundings) throws CharterException {
        refuseOrganization(surroundings);
        return PolicyBundle.of(BuiltInCharter.of(surroundings));
    }

    /** What cannot be read yet must not be passed over. */
    private static void refuseOrganization(Surroundings surroundings) throws CharterException {
        for (Path file : new Path[] {
            Path.of("/etc/pawl/organization.yaml"), surroundings.pawlHome().resolve("organization.yaml")
        }) {
            if (Files.exists(file)) {
                Problems problems = new Problems(file.toString());
                problems.nowhere("organisation files cannot be read by this version");
                throw problems.exception();
            }
        }
    }
}
