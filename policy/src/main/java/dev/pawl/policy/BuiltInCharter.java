package dev.pawl.policy;

import dev.pawl.core.Charter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The careful charter of a run that names none: one directory, no network, the invoking user as owner. */
public final class BuiltInCharter {
    /** {@link Charter#source()} of this charter. */
    public static final String SOURCE = "built-in";

    /** What it says an agent is for, which nobody said. */
    public static final String PURPOSE =
            "No charter was given; the built-in one allows the current directory and no network.";

    private BuiltInCharter() {}

    /**
     * The built-in charter for the current directory, within an organisation's limits.
     *
     * @throws CharterException if that directory may not be a workspace or the user has no name
     */
    static Charter of(Surroundings surroundings, Organization organization) throws CharterException {
        Problems problems = new Problems(SOURCE);
        Optional<Path> workspace = workspace(surroundings, problems);
        if (surroundings.user().isBlank()) {
            problems.nowhere("the invoking user has no name, and an agent without an owner does not start; write a"
                    + " charter with an owner");
        }
        problems.throwIfAny();
        Path directory = workspace.orElseThrow();
        return new Charter(
                sanitised(directory.getFileName().toString()),
                new Charter.Owner(Shown.clean(surroundings.user()), List.of()),
                PURPOSE,
                directory,
                new Charter.FileGrants(List.of(), List.of()),
                NetworkReader.NOTHING,
                Optional.empty(),
                new Charter.Environment(List.of(), Map.of()),
                new BudgetReader(organization).unnamed(),
                List.of(),
                List.of(),
                SOURCE);
    }

    private static Optional<Path> workspace(Surroundings surroundings, Problems problems) {
        String shown = Shown.clean(surroundings.directory().toString());
        try {
            Path real = Paths.find(surroundings.directory()).real();
            Optional<String> refusal = real.toString().codePoints().anyMatch(Shown::steers)
                    ? Optional.of("has invisible characters in its path")
                    : new Paths(surroundings).workspaceRefusal(real);
            refusal.ifPresent(why -> problems.nowhere("the current directory " + shown + " " + why
                    + "; change into a project directory, or write a charter that names a workspace"));
            return refusal.isPresent() ? Optional.empty() : Optional.of(real);
        } catch (IOException e) {
            problems.nowhere("the current directory " + shown + " cannot be reached; change into a project directory");
            return Optional.empty();
        }
    }

    /** The nearest text that is a valid agent name. */
    static String sanitised(String text) {
        String name =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[^a-z0-9]+|-+$", "");
        return name.isEmpty() ? "agent" : name.substring(0, Math.min(64, name.length()));
    }
}
