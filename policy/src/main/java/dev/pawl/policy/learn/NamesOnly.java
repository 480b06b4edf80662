package dev.pawl.policy.learn;

import dev.pawl.core.Boundary;
import dev.pawl.policy.OpenPolicy;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The boundary that makes of a grant the mere permission to look a name up. A charter grants a name with a port; what was
 * never connected to is not to be.
 */
final class NamesOnly {
    static final String ID = OpenPolicy.NAMES_ONLY;

    private static final int MOST_DRILLS = 10;

    private NamesOnly() {}

    static Boundary of(Collection<String> names) {
        String hosts = names.stream()
                .map(name -> "  resource == Host::\"" + name + "\"")
                .collect(Collectors.joining(" ||\n"));
        return new Boundary(
                ID,
                "Connect to names that were only looked up when this charter was learned",
                "Nothing that was seen needed more than to ask for them",
                new Boundary.Forbidden(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "forbid (principal, action == Action::\"connect\", resource is Host)\nwhen {\n" + hosts
                                + "\n};\n"),
                "",
                names.stream()
                        .limit(MOST_DRILLS)
                        .map(name -> "connect " + name + ":443")
                        .toList(),
                "");
    }
}
