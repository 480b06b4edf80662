package dev.pawl.policy.learn;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Charter.NetworkGrants;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.Decision;
import dev.pawl.core.Ranges;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.DefaultGrants;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.PolicyEngine;
import dev.pawl.policy.engine.Rule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which attempts need a grant at all: those the engine denies under the same charter without its own grants. What stays
 * inside a run, and what an organisation grants everybody, needs none.
 */
final class Needs {
    private final PolicyBundle base;
    private final PolicyEngine granted;
    private final PolicyEngine bare;

    Needs(PolicyBundle base) throws CharterException {
        this.base = base;
        this.granted = PolicyEngine.of(base);
        NetworkGrants network = base.charter().network();
        NetworkGrants none = new NetworkGrants(
                network.allow().stream().filter(grant -> joined(grant.id())).toList(),
                network.addresses().stream().filter(grant -> joined(grant.id())).toList(),
                network.routes(),
                network.authorities(),
                network.resolver());
        Charter charter = Charters.with(base.charter(), none, Optional.of(joinedCommands()));
        // Policies beside the charter do not move with it.
        this.bare = PolicyEngine.of(new PolicyBundle(charter, base.organization(), List.of()));
    }

    /** Whether a charter has to grant it. What an organisation grants with a question stays one. */
    boolean needed(Attempt attempt) {
        return bare.decide(asTried(attempt)).verdict() == Decision.Verdict.DENY;
    }

    /**
     * Whether it may be granted without a person's say: an address that is not the open Internet only where the charter
     * at hand leads there already.
     */
    boolean proposable(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Dial dial -> ordinary(dial.address()) || leadsThere(dial);
            case Attempt.Connect connect ->
                connect.host().isPresent() || ordinary(connect.address()) || leadsThere(connect);
            case Attempt.Exec _,
                    Attempt.Resolve _,
                    Attempt.Request _,
                    Attempt.Leak _,
                    Attempt.Spend _,
                    Attempt.Speak _,
                    Attempt.Tool _,
                    Attempt.LocalConnect _,
                    Attempt.Mount _ -> true;
        };
    }

    /** A record does not say that a connection went by a route; the charter does. */
    Attempt asTried(Attempt attempt) {
        return attempt instanceof Attempt.Dial dial
                        && base.charter().network().routes().containsKey(dial.host())
                ? new Attempt.Dial(dial.host(), dial.address(), dial.port(), true)
                : attempt;
    }

    /** The organisation's programs, which count where a charter names any. */
    private List<CommandGrant> joinedCommands() {
        return base.organization().grants().commands();
    }

    static boolean joined(String id) {
        return id.startsWith(DefaultGrants.PREFIX);
    }

    private static boolean ordinary(InetAddress address) {
        return Ranges.special(address).isEmpty();
    }

    private boolean leadsThere(Attempt attempt) {
        return granted.decide(asTried(attempt)).verdict() != Decision.Verdict.DENY;
    }

    /** Why the charter at hand has a person asked before this; empty where it does not. A learned grant asks as well. */
    Optional<String> ask(Attempt attempt) {
        Decision decision = granted.decide(asTried(attempt));
        return decision.verdict() == Decision.Verdict.ASK
                ? granted.rules().stream()
                        .filter(rule -> rule.id().equals(decision.rule()))
                        .findFirst()
                        .flatMap(Rule::ask)
                : Optional.empty();
    }

    /**
     * Something that has to be granted.
     *
     * @param ask why a person is to be asked before it
     */
    record Need(Attempt attempt, Use use, Optional<String> ask) {}

    /** Those of these attempts that need a grant and may be proposed. */
    List<Need> of(Observations seen) {
        List<Need> needs = new ArrayList<>();
        seen.allowed().forEach((attempt, use) -> {
            if (needed(attempt) && proposable(attempt)) {
                needs.add(new Need(attempt, use, ask(attempt)));
            }
        });
        return needs;
    }
}
