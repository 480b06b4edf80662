package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Attempt.Transport;
import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.DefaultGrants;
import dev.pawl.policy.Drills;
import dev.pawl.policy.Lift;
import dev.pawl.policy.Limits;
import dev.pawl.policy.Organization;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.StandardBoundaries;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.Zone;
import dev.pawl.policy.engine.PolicyEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tries the drills of boundaries that somebody wrote. Each boundary stands alone for this: that another one refuses the
 * attempt too says nothing about this one.
 */
final class Drilled {
    private final Side side;
    private final Surroundings surroundings;
    private final List<Warning> failed = new ArrayList<>();
    private final List<Warning> missing = new ArrayList<>();

    Drilled(Side side, Surroundings surroundings) throws CharterException {
        this.side = side;
        this.surroundings = surroundings;
        boundaries("boundaries", side.charter().boundaries());
        boundaries("organization.boundaries.add", side.bundle().organization().boundaries());
    }

    /** Attempts that a boundary names and does not refuse. */
    List<Warning> failed() {
        return failed;
    }

    /** Boundaries nobody can try. */
    List<Warning> missing() {
        return missing;
    }

    private void boundaries(String path, List<Boundary> boundaries) throws CharterException {
        for (int i = 0; i < boundaries.size(); i++) {
            Boundary boundary = boundaries.get(i);
            String at = path + "[" + i + "]";
            if (boundary.drill().isEmpty()) {
                missing.add(new Warning(
                        at,
                        boundary.id() + " has no drill, so nothing shows that it holds; name an attempt it refuses"));
            } else {
                tried(at, boundary);
            }
        }
    }

    private void tried(String at, Boundary boundary) throws CharterException {
        PolicyEngine alone = PolicyEngine.of(alone(boundary));
        for (int i = 0; i < boundary.drill().size(); i++) {
            String line = boundary.drill().get(i);
            Attempt attempt = Drills.attempt(line, surroundings);
            if (variants(attempt).noneMatch(variant -> refuses(alone.decide(variant), boundary))) {
                Decision real = side.decide(attempt);
                failed.add(new Warning(
                        at + ".drill[" + i + "]",
                        boundary.id() + " does not refuse \"" + line + "\""
                                + switch (real.verdict()) {
                                    case ALLOW -> ", which " + real.rule() + " allows";
                                    case ASK -> ", which " + real.rule() + " asks a person about";
                                    case DENY -> "; that it is denied is due to " + Difference.refusing(real);
                                }));
            }
        }
    }

    private static boolean refuses(Decision decision, Boundary boundary) {
        return decision.verdict() == Decision.Verdict.DENY && boundary.id().equals(decision.boundary());
    }

    /** The sandbox itself refuses datagrams and sockets of the host before any boundary is asked. */
    private static Stream<Attempt> variants(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Connect connect ->
                Stream.of(
                        connect, new Attempt.Connect(Transport.TCP, connect.host(), connect.address(), connect.port()));
            case Attempt.LocalConnect local -> Stream.of(local, new Attempt.LocalConnect(local.path(), true));
            case Attempt.Dial _,
                    Attempt.Exec _,
                    Attempt.Mount _,
                    Attempt.Request _,
                    Attempt.Leak _,
                    Attempt.Spend _,
                    Attempt.Speak _,
                    Attempt.Tool _,
                    Attempt.Resolve _ -> Stream.of(attempt);
        };
    }

    /** The charter with this boundary and no other; zones keep what they hold and let this agent in. */
    private PolicyBundle alone(Boundary boundary) {
        Charter charter = side.charter();
        Organization organization = side.bundle().organization();
        List<Lift> lifts = StandardBoundaries.all().stream()
                .map(standard -> new Lift(standard.id(), List.of(charter.agent()), "a drill"))
                .toList();
        List<Zone> zones = organization.zones().stream()
                .map(zone -> new Zone(
                        zone.id(),
                        zone.because(),
                        zone.boundary(),
                        zone.networks(),
                        zone.hosts(),
                        zone.paths(),
                        List.of(charter.agent())))
                .toList();
        return new PolicyBundle(
                new Charter(
                        charter.agent(),
                        charter.owner(),
                        charter.purpose(),
                        charter.workspace(),
                        charter.files(),
                        charter.network(),
                        charter.commands(),
                        charter.env(),
                        charter.budget(),
                        charter.asks(),
                        List.of(boundary),
                        charter.instructions(),
                        charter.secrets(),
                        charter.tools(),
                        charter.source()),
                new Organization(
                        organization.name(),
                        zones,
                        DefaultGrants.NONE,
                        List.of(),
                        lifts,
                        Limits.NONE,
                        List.of(),
                        List.of(),
                        organization.source()),
                List.of());
    }
}
