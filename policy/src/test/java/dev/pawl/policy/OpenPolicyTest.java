package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Attempt.Transport;
import dev.pawl.core.Decision;
import dev.pawl.core.Terms;
import dev.pawl.policy.engine.PolicyEngine;
import dev.pawl.policy.review.CharterCheck;
import dev.pawl.policy.review.Side;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is open while a run is watched, and what is not. */
final class OpenPolicyTest {
    private final Bench bench;

    OpenPolicyTest(@TempDir Path temporary) {
        bench = Bench.in(temporary);
    }

    @Test
    void whatAGrantCouldCarryIsOpen() throws Exception {
        PolicyBundle open = OpenPolicy.of(bench.bundle(Bench.MINIMAL));
        PolicyEngine engine = PolicyEngine.of(open);
        assertThat(engine.decide(new Attempt.Resolve("any.example", "TXT")).rule())
                .isEqualTo("learning.names");
        for (int port : List.of(1, 80, 443, 65535)) {
            assertThat(engine.decide(host("any.example", port)).rule()).isEqualTo("learning.hosts");
            assertThat(engine.decide(address("203.0.113.9", port)).rule()).isEqualTo("learning.addresses");
        }
        assertThat(engine.termsOf("learning.hosts").map(Terms::protocol)).contains(dev.pawl.core.Protocol.TCP);
        assertThat(CharterCheck.of(Side.of(open), bench.surroundings()).errors())
                .as("its rules are rules like any other")
                .isEmpty();
        assertThat(engine.cedar()).contains("@id(\"learning.hosts\")");
    }

    @Test
    void everyDrillOfEveryBoundaryIsStillRefused() throws Exception {
        PolicyEngine engine = PolicyEngine.of(OpenPolicy.of(bench.bundle(Bench.MINIMAL + """
                boundaries: [{id: own, never: Go there, because: It is mine, hosts: [mine.example]}]
                """)));
        StandardBoundaries.all()
                .forEach(boundary -> assertThat(boundary.drill())
                        .allMatch(line -> !engine.decide(Drills.attempt(line, bench.surroundings()))
                                .allowed()));
        assertThat(engine.decide(new Attempt.Resolve("mine.example", "A")).boundary())
                .isEqualTo("own");
    }

    @Test
    void whatIsNotTheOpenInternetIsRefused() throws Exception {
        PolicyEngine engine = PolicyEngine.of(OpenPolicy.of(bench.bundle(Bench.MINIMAL)));
        for (String special : List.of(
                "10.0.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "169.254.1.1",
                "100.64.0.1",
                "198.18.0.1",
                "fe80::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "0.0.0.0",
                "255.255.255.255")) {
            assertThat(engine.decide(address(special, 443)).allowed())
                    .as(special)
                    .isFalse();
            assertThat(engine.decide(new Attempt.Dial("any.example", InetAddress.ofLiteral(special), 443, false))
                            .allowed())
                    .as(special)
                    .isFalse();
        }
        assertThat(engine.decide(new Attempt.Connect(
                                Transport.UDP, Optional.empty(), InetAddress.ofLiteral("203.0.113.9"), 443))
                        .rule())
                .isEqualTo("udp");
        assertThat(engine.decide(new Attempt.LocalConnect("/run/docker.sock", false))
                        .allowed())
                .isFalse();
        assertThat(engine.decide(new Attempt.Mount(Path.of("/home/ada/.ssh"), false))
                        .allowed())
                .isFalse();
    }

    @Test
    void anOrganisationsZonesAndListsHold() throws Exception {
        Files.createDirectories(bench.system());
        Files.writeString(bench.system().resolve("organization.yaml"), """
                organization: Corp
                zones: [{id: db, because: Customers notice, networks: [203.0.113.0/24]}]
                limits: {hosts: ["*.corp.example"]}
                """);
        PolicyBundle open = OpenPolicy.of(bench.bundle(Bench.MINIMAL));
        PolicyEngine engine = PolicyEngine.of(open);
        assertThat(engine.decide(address("203.0.113.9", 443)).rule()).isEqualTo("zone.db");
        assertThat(engine.decide(new Attempt.Resolve("a.example", "A")).rule()).isEqualTo("limits.hosts");
        assertThat(engine.decide(new Attempt.Resolve("a.corp.example", "A")).allowed())
                .isTrue();
        assertThat(String.join("\n", OpenPolicy.warning(open)))
                .contains("zone db")
                .contains("the organisation's list of hosts");
    }

    @Test
    void ownGrantsCarryAnyProtocolAndNoProgramIsNamed() throws Exception {
        PolicyBundle open = OpenPolicy.of(bench.bundle(Bench.MINIMAL + """
                network: {allow: [{host: a.example}], addresses: [{cidr: 10.0.0.1, port: 443, protocol: tls}]}
                commands: [{program: cat}]
                """));
        PolicyEngine engine = PolicyEngine.of(open);
        Decision inside = engine.decide(address("10.0.0.1", 443));
        assertThat(inside.rule())
                .as("what the charter grants by number stays granted")
                .isEqualTo("network.addresses[0]");
        assertThat(engine.termsOf("network.allow[0]").map(Terms::protocol)).contains(dev.pawl.core.Protocol.TCP);
        assertThat(open.charter().commands()).isEmpty();
    }

    @Test
    void nothingElseIsOpen() throws Exception {
        PolicyBundle plain = bench.bundle(Bench.MINIMAL);
        assertThat(OpenPolicy.isOpen(plain)).isFalse();
        assertThat(OpenPolicy.warning(plain)).isEmpty();
        PolicyBundle lookAlike = new PolicyBundle(
                plain.charter(),
                plain.organization(),
                List.of(new PolicyFile(OpenPolicy.SOURCE, "permit (principal, action, resource);")));
        assertThat(OpenPolicy.isOpen(lookAlike)).isFalse();
        Path charter = bench.project().resolve("pawl.yaml");
        assertThat(OpenPolicy.isOpen(new BundleSource(Optional.of(charter), bench.surroundings()).load()))
                .isFalse();
        assertThat(OpenPolicy.isOpen(BundleSource.learning(Optional.of(charter), bench.surroundings())
                        .load()))
                .isTrue();
        assertThat(OpenPolicy.isOpen(BundleSource.learning(Optional.empty(), bench.surroundings())
                        .load()))
                .isTrue();
    }

    @Test
    void whoeverStartsItAndWhoeverRunsAreTold() throws Exception {
        PolicyBundle open = OpenPolicy.of(bench.bundle(Bench.MINIMAL + "budget: {wall: 1h, egress: 1MiB}\n"));
        List<String> warning = OpenPolicy.warning(open);
        assertThat(warning.getFirst()).contains("LEARNING: fixer runs OPEN");
        assertThat(String.join("\n", warning))
                .contains("every public address")
                .contains("no-covert-channels")
                .contains("metadata")
                .contains("wall 1h")
                .contains("egress 1MiB");
        assertThat(AgentText.render(open)).contains("This run is watched").doesNotContain("nothing over the network");
    }

    private static Attempt host(String host, int port) {
        return new Attempt.Connect(Transport.TCP, Optional.of(host), InetAddress.ofLiteral("198.18.0.1"), port);
    }

    private static Attempt address(String address, int port) {
        return new Attempt.Connect(Transport.TCP, Optional.empty(), InetAddress.ofLiteral(address), port);
    }
}
