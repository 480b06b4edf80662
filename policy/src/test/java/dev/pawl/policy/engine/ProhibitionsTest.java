package dev.pawl.policy.engine;

import static dev.pawl.policy.Attempts.datagram;
import static dev.pawl.policy.Attempts.dial;
import static dev.pawl.policy.Attempts.exec;
import static dev.pawl.policy.Attempts.named;
import static dev.pawl.policy.Attempts.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.policy.Bench;
import dev.pawl.policy.BundleLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boundaries, zones and limits hold whatever is granted. */
class ProhibitionsTest {
    private static final String WIDE = """
            network:
              allow: [{host: "*.example.com"}, {host: "*.example.com", port: 5432, protocol: tcp}]
              addresses:
                - {cidr: 10.0.0.0/8, port: 5432}
                - {cidr: 10.0.0.0/8, port: 443}
                - {cidr: 169.254.169.254, port: 80}
                - {cidr: "64:ff9b::/96", port: 443}
            """;
    private static final String BOUNDARY = """
            boundaries:
              - id: no-customer-data
                never: Read or send customer records
                because: Only the support team may
                hosts: ["*.crm.example.com", pay.example.com]
                networks: [10.20.0.0/16]
                ports: [5432]
                programs: [/opt/none/psql]
                paths: {read: [/srv/customers], write: [/srv/exports]}
                cedar: |
                  forbid (principal, action == Action::"exec", resource) when { resource.name == "dd" };
            """;
    private static final String ORGANIZATION = """
            organization: Example Corp
            zones:
              - id: production
                because: Customers notice
                boundary: no-covert-channels
                networks: [10.10.0.0/16]
                hosts: ["*.prod.example.com"]
                paths: [/srv/prod]
                agents: [deployer]
            boundaries: {lift: [{boundary: no-credential-hunting, agents: [auditor], because: It audits them}]}
            limits: {hosts: ["*.example.com"]}
            """;

    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() throws Exception {
        bench = Bench.in(temporary);
        Files.createDirectories(bench.system());
    }

    @Test
    void aBoundaryNamesItselfItsListAndItsReason() throws Exception {
        PolicyEngine engine = engine(WIDE + BOUNDARY);
        assertThat(engine.decide(new Attempt.Resolve("x.crm.example.com", "A")))
                .isEqualTo(Decision.deny(
                        "no-customer-data.hosts",
                        "no-customer-data",
                        "the name x.crm.example.com is refused: Only the support team may; no resolver was asked"));
        assertThat(engine.decide(named("pay.example.com", 443)))
                .isEqualTo(Decision.deny(
                        "no-customer-data.hosts",
                        "no-customer-data",
                        "pay.example.com:443 is refused: Only the support team may"));
        assertThat(engine.decide(named("crm.example.com", 443)).allowed()).isTrue();
        assertThat(engine.decide(raw("10.20.1.1", 443)).rule()).isEqualTo("no-customer-data.networks");
        assertThat(engine.decide(dial("10.20.1.1", 443, true)).rule()).isEqualTo("no-customer-data.networks");
        assertThat(engine.decide(raw("10.21.1.1", 443)).rule()).isEqualTo("network.addresses[1]");
        assertThat(engine.decide(named("a.example.com", 5432)).rule()).isEqualTo("no-customer-data.ports");
        assertThat(engine.decide(raw("10.1.1.1", 5432)).rule()).isEqualTo("no-customer-data.ports");
        assertThat(engine.decide(dial("203.0.113.9", 5432, false)).rule()).isEqualTo("no-customer-data.ports");
        assertThat(engine.decide(raw("127.0.0.1", 5432)).rule()).isEqualTo("sandbox-loopback");
        assertThat(engine.decide(exec("/opt/none/psql")).rule()).isEqualTo("no-customer-data.programs");
        assertThat(engine.decide(exec("/usr/bin/dd")).rule()).isEqualTo("no-customer-data.cedar[0]");
        assertThat(engine.decide(exec("/usr/bin/ls")).rule()).isEqualTo("exec");
    }

    @Test
    void whatAnAddressCarriesIsForbiddenWithIt() throws Exception {
        PolicyEngine engine = engine(WIDE + BOUNDARY);
        assertThat(engine.decide(raw("64:ff9b::a14:101", 443)))
                .isEqualTo(
                        Decision.deny(
                                "no-customer-data.networks",
                                "no-customer-data",
                                "[64:ff9b:0:0:0:0:a14:101]:443, which carries 10.20.1.1, is refused: Only the support team may"));
        assertThat(engine.decide(raw("64:ff9b::a15:101", 443)).rule()).isEqualTo("network.addresses[3]");
        assertThat(engine.decide(raw("64:ff9b::a9fe:a9fe", 443)).rule()).isEqualTo("no-credential-hunting.networks");
    }

    @Test
    void noGrantOpensWhereCloudsHandOutCredentialsButALiftDoes() throws Exception {
        organization(ORGANIZATION);
        assertThat(engine(WIDE).decide(raw("169.254.169.254", 80)).rule()).isEqualTo("no-credential-hunting.networks");
        PolicyEngine lifted = PolicyEngine.of(bench.bundle(Bench.MINIMAL.replace("fixer", "auditor") + WIDE));
        assertThat(lifted.decide(raw("169.254.169.254", 80)).rule()).isEqualTo("network.addresses[2]");
        assertThat(lifted.decide(raw("169.254.170.2", 80)).rule()).isEqualTo("private-address");
        assertThat(lifted.cedar()).contains("does not hold for auditor, says Example Corp");
    }

    @Test
    void whatTheSandboxIsMadeOfCannotBeLifted() throws Exception {
        organization("""
                organization: X
                boundaries:
                  lift:
                    - {boundary: no-covert-channels, agents: [fixer], because: B}
                    - {boundary: no-lateral-movement, agents: [fixer], because: B}
                """);
        PolicyEngine engine = engine(WIDE);
        assertThat(engine.decide(datagram("10.1.1.1", 443)).rule()).isEqualTo("udp");
        assertThat(engine.decide(new Attempt.LocalConnect("/run/x", false)).rule())
                .isEqualTo("host-socket");
        assertThat(engine.decide(raw("192.168.0.1", 443)))
                .isEqualTo(Decision.deny(
                        "default",
                        "no-lateral-movement",
                        "192.168.0.1:443 is special (private), not the open Internet; no grant covers it"));
    }

    @Test
    void aZoneIsForTheAgentsItNames() throws Exception {
        organization(ORGANIZATION);
        PolicyEngine engine = engine(WIDE);
        assertThat(engine.decide(named("db.prod.example.com", 443)))
                .isEqualTo(Decision.deny(
                        "zone.production",
                        "no-covert-channels",
                        "db.prod.example.com:443 is refused: Customers notice"));
        assertThat(engine.decide(raw("10.10.0.1", 443)).rule()).isEqualTo("zone.production");
        assertThat(engine.decide(dial("10.10.0.1", 443, true)).rule()).isEqualTo("zone.production");
        assertThat(engine.decide(exec("/srv/prod/bin/x")).rule()).isEqualTo("zone.production");
        assertThat(engine.decide(named("prod.example.com", 443)).allowed()).isTrue();
        PolicyEngine deployer = PolicyEngine.of(bench.bundle(Bench.MINIMAL.replace("fixer", "deployer") + WIDE));
        assertThat(deployer.decide(named("db.prod.example.com", 443)).rule()).isEqualTo("network.allow[0]");
        assertThat(deployer.decide(raw("10.10.0.1", 443)).rule()).isEqualTo("network.addresses[1]");
    }

    @Test
    void hostsBeyondTheOrganisationsAreRefusedEvenToPoliciesInCedar() throws Exception {
        organization(ORGANIZATION);
        Files.createDirectories(bench.home().resolve("conf/policies"));
        Files.writeString(
                bench.home().resolve("conf/policies/open.cedar"),
                "@protocol(\"tcp\") permit (principal, action in Action::\"network\", resource is Host);");
        Files.writeString(
                bench.home().resolve("conf/pawl.yaml"), Bench.MINIMAL + "workspace: " + bench.project() + "\n");
        PolicyEngine engine =
                PolicyEngine.of(BundleLoader.load(bench.home().resolve("conf/pawl.yaml"), bench.surroundings()));
        assertThat(engine.decide(named("a.example.com", 22)).allowed()).isTrue();
        assertThat(engine.decide(named("a.example.org", 22)))
                .isEqualTo(Decision.deny(
                        "limits.hosts",
                        "no-data-exfiltration",
                        "a.example.org:22 is refused: Example Corp allows no other hosts"));
    }

    @Test
    void mountsAreDecidedWithWhatLiesBelowThem() throws Exception {
        organization(ORGANIZATION);
        Path shared = Files.createDirectories(bench.home().resolve("shared"));
        PolicyEngine engine = engine("files: {read: [" + shared + "]}\n"
                + BOUNDARY.replace("/srv/customers", shared + "/customers")
                        .replace("/srv/exports", shared + "/exports"));
        assertThat(engine.decide(new Attempt.Mount(shared, false)))
                .isEqualTo(Decision.deny(
                        "no-customer-data.read",
                        "no-customer-data",
                        shared + "/customers, which would be shown with " + shared
                                + ", is refused: Only the support team may"));
        assertThat(engine.decide(new Attempt.Mount(shared.resolve("customers/a"), false))
                        .rule())
                .isEqualTo("no-customer-data.read");
        assertThat(engine.decide(new Attempt.Mount(shared.resolve("other"), false))
                        .rule())
                .isEqualTo("files.read[0]");
        assertThat(engine.decide(new Attempt.Mount(shared.resolve("other"), true)))
                .isEqualTo(Decision.deny("default", null, shared + "/other is granted to be read, not to be written"));
        assertThat(engine.decide(new Attempt.Mount(shared.resolve("exports"), true))
                        .rule())
                .isEqualTo("no-customer-data.write");
        assertThat(engine.decide(new Attempt.Mount(bench.project(), true)).rule())
                .isEqualTo("workspace");
        assertThat(engine.decide(new Attempt.Mount(Path.of("/srv"), false)))
                .isEqualTo(Decision.deny(
                        "zone.production",
                        "no-covert-channels",
                        "/srv/prod, which would be shown with /srv, is refused: Customers notice"));
        assertThat(engine.decide(new Attempt.Mount(Path.of("/srv/../etc"), false))
                        .rule())
                .isEqualTo("policy-error");
    }

    private PolicyEngine engine(String yaml) throws Exception {
        return PolicyEngine.of(bench.bundle(Bench.MINIMAL + yaml));
    }

    private void organization(String yaml) throws Exception {
        Files.writeString(bench.system().resolve("organization.yaml"), yaml);
    }
}
