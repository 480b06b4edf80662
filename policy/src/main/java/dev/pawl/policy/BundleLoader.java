package dev.pawl.policy;

import dev.pawl.core.Charter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads all that decides one run: charter, organisation, policies beside both. */
public final class BundleLoader {
    private BundleLoader() {}

    /**
     * What a charter file means here. A relative {@code charter} is looked for in the surroundings' directory.
     *
     * @throws CharterException with every problem found, if anything of it cannot be read or used
     */
    public static PolicyBundle load(Path charter, Surroundings surroundings) throws CharterException {
        Organization organization = OrganizationLoader.load(surroundings);
        Charter own = CharterLoader.load(charter, surroundings, organization);
        return bundle(own, organization, policies(charter, surroundings));
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

    private static PolicyBundle bundle(Charter own, Organization organization, List<PolicyFile> policies) {
        return new PolicyBundle(organization.grants().joinedTo(own), organization, policies);
    }

    private static List<PolicyFile> policies(Path charter, Surroundings surroundings) throws CharterException {
        Path parent = surroundings.directory().resolve(charter).getParent();
        try {
            return parent == null ? List.of() : PolicyFiles.read(charter.toString(), parent.toRealPath());
        } catch (IOException e) {
            Problems problems = new Problems(charter.toString());
            problems.nowhere("cannot be read: " + Shown.clean(String.valueOf(e)));
            throw problems.exception();
        }
    }
}
