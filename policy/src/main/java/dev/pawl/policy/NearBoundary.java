package dev.pawl.policy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Boundary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the boundary a person should think of when an agent asks for something that none of them forbids: the first that
 * names the same program, a sibling of the host or the port; else the one that is most often at stake.
 */
public final class NearBoundary {
    private NearBoundary() {}

    /** The nearest of these boundaries; empty if none of them has anything to do with the attempt. */
    public static Optional<Boundary> of(List<Boundary> boundaries, Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec -> first(boundaries, names(exec), "no-production-change");
            case Attempt.Connect connect -> first(boundaries, leads(connect), "no-data-exfiltration");
            case Attempt.Leak _ -> first(boundaries, _ -> false, "no-data-exfiltration");
            case Attempt.Spend _ -> first(boundaries, _ -> false, "no-spending");
            case Attempt.Dial _,
                    Attempt.Resolve _,
                    Attempt.Request _,
                    Attempt.Speak _,
                    Attempt.Tool _,
                    Attempt.LocalConnect _,
                    Attempt.Mount _ -> Optional.empty();
        };
    }

    private static Optional<Boundary> first(List<Boundary> boundaries, Predicate<Boundary> near, String otherwise) {
        return Stream.concat(
                        boundaries.stream().filter(near),
                        boundaries.stream().filter(boundary -> boundary.id().equals(otherwise)))
                .findFirst();
    }

    private static Predicate<Boundary> names(Attempt.Exec exec) {
        String file = exec.file().isEmpty() ? exec.program().exe() : exec.file();
        String name = file.substring(file.lastIndexOf('/') + 1);
        return boundary -> !name.isEmpty()
                && (boundary.forbidden().programs().stream()
                                .map(Path::getFileName)
                                .anyMatch(program ->
                                        program != null && program.toString().equals(name))
                        || boundary.forbidden().cedar().contains("\"" + name + "\""));
    }

    private static Predicate<Boundary> leads(Attempt.Connect connect) {
        String site = connect.host().map(NearBoundary::site).orElse("");
        return boundary -> boundary.forbidden().ports().contains(connect.port())
                || (!site.isEmpty()
                        && boundary.forbidden().hosts().stream()
                                .anyMatch(host -> site(host).equals(site)));
    }

    /** The last two labels: not exactly what one owner registers, but near. */
    private static String site(String host) {
        int last = host.lastIndexOf('.');
        int before = last < 0 ? -1 : host.lastIndexOf('.', last - 1);
        return host.substring(before + 1);
    }
}
