package dev.pawl.policy.review;

import dev.pawl.core.Charter;
import dev.pawl.policy.Organization;
import dev.pawl.policy.Zone;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.EntityConstraint;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.engine.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds written policies that are about agents, organisations and zones that do not exist here, and permits that ask where
 * nobody can be asked.
 */
final class Unreached {
    private static final Set<String> SHOWN = Set.of("mount-read", "mount-write");

    private final Charter charter;
    private final Organization organization;

    private Unreached(Side side) {
        this.charter = side.charter();
        this.organization = side.bundle().organization();
    }

    static List<Warning> in(Side side) {
        Unreached unreached = new Unreached(side);
        List<Warning> warnings = new ArrayList<>();
        for (Rule rule : side.engine().rules()) {
            CedarPolicy policy = rule.policy();
            // An organisation's policies are for many agents.
            boolean charters = side.bundle().policies().stream()
                    .anyMatch(file -> file.source().equals(policy.source()));
            Stream.of(
                            charters ? unreached.principal(policy.principal()) : Optional.<String>empty(),
                            unreached.zone(policy),
                            unanswered(rule))
                    .flatMap(Optional::stream)
                    .forEach(why -> warnings.add(new Warning(
                            rule.id(),
                            (rule.forbids() ? "never forbids anything: " : "never permits anything: ") + why)));
        }
        return List.copyOf(warnings);
    }

    private Optional<String> principal(EntityConstraint constraint) {
        return named(constraint)
                .filter(uid -> uid.type().equals("Agent") && !uid.id().equals(charter.agent()))
                .map(uid -> "it is about the agent " + uid.id() + ", and this charter's is " + charter.agent())
                .or(() -> named(constraint)
                        .filter(uid ->
                                uid.type().equals("Organization") && !uid.id().equals(organization.name()))
                        .map(uid -> "it is about agents of " + uid.id() + ", and "
                                + (organization.name().isEmpty()
                                        ? "there is no organisation file"
                                        : "this is " + organization.name())));
    }

    private static Optional<String> unanswered(Rule rule) {
        return Optional.of(PolicyRelation.actions(rule.policy().action()))
                .filter(actions -> rule.ask().isPresent() && SHOWN.containsAll(actions))
                .map(_ -> "it asks a person, and what is shown is decided before a run, when nobody can be asked");
    }

    private Optional<String> zone(CedarPolicy policy) {
        Predicate<EntityUid> known =
                uid -> organization.zones().stream().map(Zone::id).anyMatch(uid.id()::equals);
        return named(policy.resource())
                .filter(uid -> uid.type().equals("Zone") && !known.test(uid))
                .map(uid -> "there is no zone " + uid.id());
    }

    private static Optional<EntityUid> named(EntityConstraint constraint) {
        return switch (constraint) {
            case EntityConstraint.Any _, EntityConstraint.Is _ -> Optional.empty();
            case EntityConstraint.Equal(EntityUid uid) -> Optional.of(uid);
            case EntityConstraint.In(EntityUid group) -> Optional.of(group);
            case EntityConstraint.IsIn(String _, EntityUid group) -> Optional.of(group);
        };
    }
}
