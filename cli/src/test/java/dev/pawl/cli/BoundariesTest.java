package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.Boundary;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Protocol;
import dev.pawl.core.Ranges;
import dev.pawl.drill.rome.Act;
import dev.pawl.drill.rome.Acts;
import dev.pawl.policy.AgentText;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.DefaultGrants;
import dev.pawl.policy.Drills;
import dev.pawl.policy.Lift;
import dev.pawl.policy.Limits;
import dev.pawl.policy.Organization;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.PolicyFile;
import dev.pawl.policy.StandardBoundaries;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.PolicyEngine;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No boundary is enforced and not taught, taught and not enforced, or without its row in the rehearsal, whatever a charter
 * and raw policies grant. That each of these would be noticed is shown by taking one away.
 */
final class BoundariesTest {
    private static final String AGENT = "prover";
    private static final Surroundings HERE = Surroundings.current();
    private static final PolicyFile EVERYTHING = new PolicyFile("all.cedar", "permit (principal, action, resource);");

    static Stream<Boundary> standard() {
        return StandardBoundaries.all().stream();
    }

    @Test
    void everyBoundaryIsTaughtEnforcedAndShown() throws CharterException {
        PolicyBundle bundle = bundle(List.of(), List.of());
        assertThat(proof(bundle, bundle, Acts.all()).problems()).isEmpty();
    }

    @Test
    void withoutBoundariesTheDrillsAreAllowed() throws CharterException {
        PolicyEngine lifted =
                PolicyEngine.of(bundle(standard().map(Boundary::id).toList(), List.of()));
        List<String> refused = standard()
                .flatMap(boundary -> boundary.drill().stream())
                .filter(line -> !lifted.decide(Drills.attempt(line, HERE)).allowed())
                .toList();
        // What the sandbox could not do even if it were allowed stays refused; so does what no grant lets out.
        assertThat(refused)
                .allMatch(line -> line.startsWith("udp ")
                        || line.startsWith("connect-socket ")
                        || line.startsWith("spend ")
                        || line.startsWith("leak decoy "));
    }

    @Test
    void everyActBreaksABoundaryThereIs() {
        List<String> ids = standard().map(Boundary::id).toList();
        assertThat(Acts.all())
                .filteredOn(act -> !act.honest())
                .extracting(Act::boundary)
                .isSubsetOf(ids);
        assertThat(Acts.all()).filteredOn(Act::honest).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("standard")
    void oneThatIsNotEnforcedIsNoticed(Boundary boundary) throws CharterException {
        PolicyBundle whole = bundle(List.of(), List.of());
        PolicyBundle lifted = bundle(List.of(boundary.id()), List.of());
        assertThat(proof(whole, lifted, Acts.all()).problems())
                .isNotEmpty()
                .allMatch(problem -> problem.startsWith(boundary.id()))
                .anyMatch(problem -> problem.startsWith(boundary.id() + " is not enforced: ")
                        || problem.startsWith(boundary.id() + " does not refuse "));
    }

    @ParameterizedTest
    @MethodSource("standard")
    void oneThatIsNotTaughtIsNoticed(Boundary boundary) throws CharterException {
        PolicyBundle whole = bundle(List.of(), List.of());
        PolicyBundle untaught = bundle(List.of(boundary.id()), List.of());
        BoundaryProof proof = new BoundaryProof(
                whole.boundaries(), AgentText.render(untaught), PolicyEngine.of(whole), Acts.all(), HERE);
        assertThat(proof.problems())
                .contains(boundary.id() + " is not taught")
                .anyMatch(problem -> problem.endsWith(" enforces " + boundary.id() + ", which is not taught"));
    }

    @ParameterizedTest
    @MethodSource("standard")
    void oneWithoutItsRowIsNoticed(Boundary boundary) throws CharterException {
        PolicyBundle whole = bundle(List.of(), List.of());
        List<Act> fewer = Acts.all().stream()
                .filter(act -> !act.id().equals(boundary.demo()))
                .toList();
        List<Act> wrong = Acts.all().stream()
                .map(act -> act.id().equals(boundary.demo())
                        ? new Act(act.id(), act.title(), "no-such", act.script(), act.check())
                        : act)
                .toList();
        String expected = boundary.id() + " has no row of the demo: " + boundary.demo();
        assertThat(proof(whole, whole, fewer).problems()).containsExactly(expected);
        assertThat(proof(whole, whole, wrong).problems()).containsExactly(expected);
    }

    @Test
    void aBoundaryThatForbidsNothingOrIsNotDrilledIsNoticed() throws CharterException {
        Boundary.Forbidden hosts = forbidden(List.of("gossip.example"), List.of());
        Boundary.Forbidden both = forbidden(List.of("gossip.example"), List.of(4711));
        String line = "resolve gossip.example";
        assertThat(own(forbidden(List.of(), List.of()), List.of(line)))
                .containsExactly(
                        "no-gossip is not enforced: resolve gossip.example is allowed by network.allow[0]",
                        "no-gossip has no rule");
        assertThat(own(hosts, List.of()))
                .containsExactly("no-gossip has no drill", "no-gossip: no drill reaches no-gossip.hosts");
        assertThat(own(both, List.of(line))).containsExactly("no-gossip: no drill reaches no-gossip.ports");
        assertThat(own(hosts, List.of(line, "resolve paste.rs")))
                .containsExactly("no-gossip does not refuse resolve paste.rs: no-data-exfiltration.hosts of"
                        + " no-data-exfiltration does");
        assertThat(own(hosts, List.of(line))).isEmpty();
    }

    private static List<String> own(Boundary.Forbidden forbidden, List<String> drill) throws CharterException {
        PolicyBundle bundle = bundle(
                List.of(), List.of(new Boundary("no-gossip", "Gossip", "It hurts", forbidden, "", drill, "gossip")));
        List<Act> acts = new ArrayList<>(Acts.all());
        acts.add(
                new Act("gossip", "gossip", "no-gossip", "true", acts.getFirst().check()));
        return proof(bundle, bundle, acts).problems();
    }

    private static BoundaryProof proof(PolicyBundle taught, PolicyBundle enforced, List<Act> acts)
            throws CharterException {
        return new BoundaryProof(taught.boundaries(), AgentText.render(taught), PolicyEngine.of(enforced), acts, HERE);
    }

    private static Boundary.Forbidden forbidden(List<String> hosts, List<Integer> ports) {
        return new Boundary.Forbidden(hosts, List.of(), ports, List.of(), List.of(), List.of(), "");
    }

    /** A charter that grants whatever is drilled, a policy that permits everything, and an organisation that lifts. */
    private static PolicyBundle bundle(List<String> lifted, List<Boundary> own) {
        List<HostGrant> hosts = new ArrayList<>();
        List<AddressGrant> addresses = new ArrayList<>();
        List<Path> read = new ArrayList<>();
        List<Path> write = new ArrayList<>();
        for (Attempt attempt : Stream.concat(own.stream(), standard())
                .flatMap(boundary -> boundary.drill().stream())
                .map(line -> Drills.attempt(line, HERE))
                .toList()) {
            switch (attempt) {
                case Attempt.Resolve(String name, String type) -> host(hosts, name, 443);
                case Attempt.Connect connect
                when connect.host().isPresent() -> host(hosts, connect.host().get(), connect.port());
                case Attempt.Connect connect -> address(addresses, connect.address(), connect.port());
                case Attempt.Dial dial -> address(addresses, dial.address(), dial.port());
                case Attempt.Mount mount -> (mount.write() ? write : read).add(mount.path());
                case Attempt.Exec _, Attempt.LocalConnect _, Attempt.Request _ -> {}
                case Attempt.Leak _, Attempt.Spend _, Attempt.Speak _, Attempt.Tool _ -> {}
            }
        }
        Charter charter = new Charter(
                AGENT,
                new Charter.Owner("Ada", List.of()),
                "Try everything",
                Path.of("/srv/nothing-real"),
                new Charter.FileGrants(read, write),
                new Charter.NetworkGrants(hosts, addresses, Map.of(), Optional.empty()),
                Optional.empty(),
                new Charter.Environment(List.of(), Map.of()),
                Budget.DEFAULT,
                own,
                List.of(),
                "charter.yaml");
        Organization organization = new Organization(
                "Example Corp",
                List.of(),
                DefaultGrants.NONE,
                List.of(),
                lifted.stream()
                        .map(id -> new Lift(id, List.of(AGENT), "to see"))
                        .toList(),
                Limits.NONE,
                List.of(),
                List.of(),
                "organization.yaml");
        return new PolicyBundle(charter, organization, List.of(EVERYTHING));
    }

    private static void host(List<HostGrant> into, String name, int port) {
        into.add(new HostGrant("network.allow[" + into.size() + "]", name, port, Protocol.TCP));
    }

    /** But not private ones: a grant by number opens those, which is no way round the boundary but its exception. */
    private static void address(List<AddressGrant> into, InetAddress address, int port) {
        String kind = Ranges.special(address).orElse("");
        if (kind.isEmpty() || kind.equals("metadata")) {
            Cidr range = new Cidr(address, address.getAddress().length * 8);
            into.add(new AddressGrant("network.addresses[" + into.size() + "]", range, port, Protocol.TCP));
        }
    }
}
