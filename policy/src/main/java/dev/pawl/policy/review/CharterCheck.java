package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.Decision;
import dev.pawl.core.Endpoint;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.OpenPolicy;
import dev.pawl.policy.Surroundings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at one policy: what the agent may do, what of that a prohibition takes back, and what is odd. Like the diff, it
 * asks the engine about the attempts that stand for all others.
 */
public final class CharterCheck {
    private final Side side;
    private final List<Warning> errors = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Permission> permissions = new ArrayList<>();

    private CharterCheck(Side side) {
        this.side = side;
    }

    /**
     * All that was found.
     *
     * @throws CharterException if a boundary of this policy makes no engine by itself
     */
    public static CheckReport of(Side side, Surroundings surroundings) throws CharterException {
        CharterCheck check = new CharterCheck(side);
        check.grants();
        check.routes();
        check.warnings.addAll(Covered.in(side));
        check.warnings.addAll(CoveredRequests.in(side));
        check.warnings.addAll(Unreached.in(side));
        Drilled drilled = new Drilled(side, surroundings);
        check.errors.addAll(drilled.failed());
        check.warnings.addAll(drilled.missing());
        Secrets.in(side.charter().env().set()).forEach(check.warnings::add);
        ModelBudget.in(side.charter()).forEach(check.warnings::add);
        StartPlaces.in(side.charter().files().write(), surroundings).forEach(check.warnings::add);
        return new CheckReport(check.errors, check.warnings, check.permissions);
    }

    private void grants() {
        List<Attempt> points = Points.of(new Mentions().add(side), arguments());
        for (Granted granted : Grants.of(side)) {
            List<Decision> refused = new ArrayList<>();
            int covered = 0;
            for (Attempt attempt : points) {
                if (granted.covers().test(attempt)) {
                    covered++;
                    Decision decision = side.decide(attempt);
                    if (refuses(decision)) {
                        refused.add(decision);
                    }
                }
            }
            Permission permission = granted.permission();
            boolean never = covered > 0 && refused.size() == covered;
            permissions.add(new Permission(
                    permission.action(),
                    permission.target(),
                    permission.detail(),
                    permission.protocol(),
                    permission.rule(),
                    forbiddenBy(refused, never)));
            // What a charter that was learned grants for the sake of a name alone is not connected to, and meant so.
            boolean meant = refused.stream().allMatch(decision -> OpenPolicy.NAMES_ONLY.equals(decision.boundary()));
            if (never && !meant) {
                never(permission, refused.getFirst());
            }
        }
    }

    /** A path that may not be shown keeps every run from starting; anything else that is refused is only of no use. */
    private void never(Permission permission, Decision decision) {
        boolean mount = permission.action().startsWith("mount-");
        Warning warning = new Warning(
                permission.rule(),
                permission.target() + (permission.detail().isEmpty() ? "" : " " + permission.detail())
                        + (mount ? " keeps every run from starting: " : " is granted and never works: ")
                        + Difference.refusing(decision) + " refuses it (rule " + decision.rule() + "); "
                        + Lifting.of(decision, side));
        (mount ? errors : warnings).add(warning);
    }

    private static String forbiddenBy(List<Decision> refused, boolean all) {
        String names = refused.stream().map(Difference::refusing).distinct().collect(Collectors.joining(", "));
        return names.isEmpty() || all ? names : "in part: " + names;
    }

    /** For each program, an instance of each of its patterns. */
    private Map<Path, Set<List<String>>> arguments() {
        Map<Path, Set<List<String>>> arguments = new LinkedHashMap<>();
        for (CommandGrant grant : side.charter().commands().orElse(List.of())) {
            Set<List<String>> instances = arguments.computeIfAbsent(grant.program(), _ -> new LinkedHashSet<>());
            for (CommandGrant.Arguments pattern : grant.arguments()) {
                if (ArgumentDifference.of(pattern, List.of())
                        instanceof ArgumentDifference.Found.Example(var example)) {
                    instances.add(example);
                }
            }
        }
        return arguments;
    }

    /** What a person is asked about works, if she says yes. */
    private static boolean refuses(Decision decision) {
        return decision.verdict() == Decision.Verdict.DENY;
    }

    private void routes() {
        side.charter().network().routes().forEach((host, to) -> {
            boolean reached = side.charter().network().allow().stream()
                    .filter(grant -> grant.covers(host))
                    .anyMatch(grant -> !refuses(side.decide(Points.connect(host, grant.port()))));
            if (!reached) {
                warnings.add(new Warning(
                        "network.route", "nobody uses the route of " + host + ": the agent may not connect to it"));
            } else {
                target(host, to);
            }
        });
    }

    private void target(String host, Endpoint to) {
        try {
            Attempt dial = new Attempt.Dial(host, InetAddress.ofLiteral(to.host()), to.port(), true);
            Decision decision = side.decide(dial);
            if (refuses(decision)) {
                warnings.add(new Warning(
                        "network.route",
                        "the route of " + host + " leads to " + to + ", which " + Difference.refusing(decision)
                                + " refuses (rule " + decision.rule() + "); " + Lifting.of(decision, side)));
            }
        } catch (IllegalArgumentException e) {
            // A name: where it leads is known when it is dialled.
            return;
        }
    }
}
