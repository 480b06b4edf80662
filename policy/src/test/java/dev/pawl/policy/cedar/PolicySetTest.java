package dev.pawl.policy.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How policies decide together. */
class PolicySetTest {
    private static Answer decide(String... policies) throws CedarException {
        return PolicySet.of(Policies.parse("test", String.join("\n", policies))).decide(Scene.REQUEST, Scene.ENTITIES);
    }

    private static List<String> ids(List<CedarPolicy> policies) {
        return policies.stream().map(CedarPolicy::id).toList();
    }

    @Test
    void nothingIsAllowedWithoutAPermit() throws CedarException {
        assertThat(decide()).isEqualTo(new Answer(false, List.of(), List.of()));
        assertThat(decide("permit (principal, action, resource) when { false };")
                        .allowed())
                .isFalse();
    }

    @Test
    void allSatisfiedPermitsDetermineInTheirOrder() throws CedarException {
        Answer answer = decide(
                "permit (principal in Group::\"staff\", action, resource);",
                "permit (principal, action == Action::\"write\", resource);",
                "permit (principal == User::\"anna\", action == Action::\"read\", resource is Doc);",
                "permit (principal, action, resource) unless { principal is Group };");
        assertThat(answer.allowed()).isTrue();
        assertThat(ids(answer.determining())).containsExactly("policy0", "policy2", "policy3");
        assertThat(answer.failures()).isEmpty();
    }

    @Test
    void aForbidWinsAndAloneDetermines() throws CedarException {
        Answer answer = decide(
                "permit (principal, action, resource);", "forbid (principal, action, resource == Doc::\"report\");");
        assertThat(answer.allowed()).isFalse();
        assertThat(ids(answer.determining())).containsExactly("policy1");
    }

    @Test
    void aPolicyThatFailsIsSkippedAndReported() throws CedarException {
        Answer answer = decide(
                "forbid (principal, action, resource) when { context.nothing };",
                "permit (principal, action, resource) when { 1 };",
                "permit (principal, action, resource);");
        assertThat(answer.allowed()).isTrue();
        assertThat(ids(answer.determining())).containsExactly("policy2");
        assertThat(answer.failures().stream().map(Failure::message))
                .containsExactly("there is no attribute \"nothing\"", "expected a boolean, found a number");
        assertThat(answer.failures().stream().map(failure -> failure.policy().id()))
                .containsExactly("policy0", "policy1");
    }

    @Test
    void conditionsAreTestedInOrderAndOnlyIfTheHeadHolds() throws CedarException {
        assertThat(decide("permit (principal, action, resource) when { false } when { 1 };")
                        .failures())
                .isEmpty();
        assertThat(decide("permit (principal == User::\"other\", action, resource) when { 1 };")
                        .failures())
                .isEmpty();
        assertThat(decide("permit (principal, action, resource) when { 1 } when { false };")
                        .failures())
                .hasSize(1);
    }

    @Test
    void twoPoliciesWithOneIdAreRefused() throws CedarException {
        CedarPolicy policy =
                Policies.parse("test", "permit (principal, action, resource);").getFirst();
        assertThatThrownBy(() -> PolicySet.of(List.of(policy, policy)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("policy0");
        assertThat(PolicySet.of(List.of(policy, policy.withId("other"))).policies())
                .hasSize(2);
    }

    @Test
    void entitiesAreClosedOverTheirParentsAndCirclesRefused() {
        assertThat(Objects.requireNonNull(Scene.ENTITIES.find(Scene.ANNA)).ancestors())
                .containsExactlyInAnyOrder(Scene.EDITORS, Scene.STAFF);
        EntityUid one = new EntityUid("A", "1");
        EntityUid two = new EntityUid("A", "2");
        assertThatThrownBy(() -> Entities.of(List.of(Entity.of(one, Set.of(two)), Entity.of(two, Set.of(one)))))
                .hasMessageContaining("is below itself");
        assertThatThrownBy(() -> Entities.of(List.of(Entity.of(one, Set.of()), Entity.of(one, Set.of()))))
                .hasMessageContaining("twice");
    }

    /** Slicing leaves out nothing that matters: hundreds of policies against each of them alone. */
    @Test
    void slicesGiveWhatEveryPolicyAloneGives() throws CedarException {
        int satisfied = 0;
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<CedarPolicy> policies =
                    Policies.parse("test", String.join("\n", new RandomPolicies(random).policies(400)));
            PolicySet together = PolicySet.of(policies);
            List<PolicySet> alone = policies.stream()
                    .map(policy -> PolicySet.of(List.of(policy)))
                    .toList();
            RandomWorld world = new RandomWorld(random);
            List<Entity> known = world.entities();
            Entities entities = Entities.of(known);
            for (int count = 0; count < 20; count++) {
                Request request = world.request(known);
                Answer answer = together.decide(request, entities);
                assertThat(answer).isEqualTo(joined(alone, request, entities));
                satisfied += answer.determining().size();
            }
        }
        assertThat(satisfied).isGreaterThan(1000);
    }

    private static Answer joined(List<PolicySet> alone, Request request, Entities entities) {
        List<CedarPolicy> permits = new ArrayList<>();
        List<CedarPolicy> forbids = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (PolicySet one : alone) {
            Answer answer = one.decide(request, entities);
            (answer.allowed() ? permits : forbids).addAll(answer.determining());
            failures.addAll(answer.failures());
        }
        return new Answer(forbids.isEmpty() && !permits.isEmpty(), forbids.isEmpty() ? permits : forbids, failures);
    }
}
