package dev.pawl.policy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.Attempt.Transport;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import dev.pawl.policy.Bench;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.PolicyEngine;
import dev.pawl.policy.review.CharterCheck;
import dev.pawl.policy.review.CheckReport;
import dev.pawl.policy.review.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was allowed needs nothing more, and every line is needed: over random runs, and for the odd ones by name. */
final class ProposerTest {
    private static final Wishes PLAIN = new Wishes(List.of(), false, List.of());
    private static final int ROUNDS = 80;

    private final Bench bench;
    private final PolicyBundle base;

    ProposerTest(@TempDir Path temporary) throws CharterException {
        bench = Bench.in(temporary);
        base = bench.bundle(Bench.MINIMAL);
    }

    @Test
    void randomRunsAreAllowedAgainAndEveryLineIsNeeded() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RandomRuns runs = new RandomRuns(new Random(round));
            Tried run = runs.run(new Tried(base)).ends("agent", 0);
            Proposal proposal = Proposer.of(base, run.seen, PLAIN);
            PolicyBundle learned = loaded(proposal);
            assertThat(proposal.incomplete()).as("round " + round).isEmpty();
            assertSame(learned.charter(), proposal.charter());
            assertSufficient(round, PolicyEngine.of(learned), run);
            assertMinimal(round, learned, run);
            assertUnusedDenied(round, PolicyEngine.of(learned), run, runs);
            CheckReport report = CharterCheck.of(Side.of(learned), bench.surroundings());
            assertThat(report.errors()).as("round " + round).isEmpty();
            assertThat(report.warnings()).as("round " + round).isEmpty();
        }
    }

    private static void assertSufficient(int round, PolicyEngine engine, Tried run) {
        assertThat(run.allowed)
                .as("round " + round)
                .isNotEmpty()
                .allMatch(attempt -> engine.decide(attempt).allowed());
        assertThat(run.refused)
                .as("round " + round)
                .noneMatch(attempt -> engine.decide(attempt).allowed());
    }

    /** Each grant, and each pattern of each program, taken away alone denies something that was allowed. */
    private static void assertMinimal(int round, PolicyBundle learned, Tried run) throws CharterException {
        List<Charter> smaller = without(learned.charter());
        for (Charter charter : smaller) {
            PolicyEngine engine = PolicyEngine.of(new PolicyBundle(charter, learned.organization(), List.of()));
            assertThat(run.allowed)
                    .as("round %d with %s %s", round, charter.network(), charter.commands())
                    .anyMatch(attempt -> !engine.decide(attempt).allowed());
        }
    }

    private static List<Charter> without(Charter charter) {
        List<Charter> smaller = new ArrayList<>();
        Charter.NetworkGrants network = charter.network();
        for (HostGrant grant : network.allow()) {
            smaller.add(Charters.with(
                    charter,
                    new Charter.NetworkGrants(
                            less(network.allow(), grant), network.addresses(), network.routes(), network.resolver()),
                    charter.commands()));
        }
        for (AddressGrant grant : network.addresses()) {
            smaller.add(Charters.with(
                    charter,
                    new Charter.NetworkGrants(
                            network.allow(), less(network.addresses(), grant), network.routes(), network.resolver()),
                    charter.commands()));
        }
        List<CommandGrant> commands = charter.commands().orElse(List.of());
        for (CommandGrant grant : commands) {
            smaller.add(Charters.with(charter, network, Optional.of(less(commands, grant))));
            if (grant.arguments().size() > 1) {
                grant.arguments()
                        .forEach(form -> smaller.add(Charters.with(
                                charter,
                                network,
                                Optional.of(commands.stream()
                                        .map(each -> each.equals(grant)
                                                ? new CommandGrant(
                                                        grant.id(), grant.program(), less(grant.arguments(), form))
                                                : each)
                                        .toList()))));
            }
        }
        return smaller;
    }

    private static <T> List<T> less(List<T> all, T one) {
        return all.stream().filter(each -> !each.equals(one)).toList();
    }

    private static void assertUnusedDenied(int round, PolicyEngine engine, Tried run, RandomRuns runs) {
        for (int i = 0; i < 100; i++) {
            Attempt other = runs.attempt();
            if (!run.allowed.contains(other)) {
                assertThat(engine.decide(other).allowed())
                        .as("round %d: %s", round, other)
                        .isFalse();
            }
        }
    }

    @Test
    void aNameOnlyLookedUpMayBeLookedUpAndNoMore() throws Exception {
        Tried run = new Tried(base)
                .resolve("only.example")
                .host("both.example", 443, "tls")
                .ends("agent", 0);
        PolicyBundle learned = loaded(Proposer.of(base, run.seen, PLAIN));
        PolicyEngine engine = PolicyEngine.of(learned);
        assertThat(engine.decide(new Attempt.Resolve("only.example", "A")).allowed())
                .isTrue();
        for (int port : List.of(80, 443, 8443)) {
            assertThat(engine.decide(connect("only.example", port)).allowed()).isFalse();
        }
        assertThat(engine.decide(connect("only.example", 443)).boundary()).isEqualTo(NamesOnly.ID);
        assertThat(engine.decide(connect("both.example", 443)).allowed()).isTrue();
    }

    @Test
    void learningAgainKeepsOneSuchBoundaryAndDropsWhatIsNotUsed() throws Exception {
        PolicyBundle first = loaded(Proposer.of(
                base,
                new Tried(base).resolve("one.example").resolve("two.example").ends("agent", 0).seen,
                PLAIN));
        Tried again = new Tried(first)
                .resolve("one.example")
                .host("one.example", 443, "tls")
                .ends("agent", 0);
        Proposal second = Proposer.of(first, again.seen, PLAIN);
        PolicyBundle learned = loaded(second);
        assertThat(learned.charter().boundaries())
                .singleElement()
                .satisfies(boundary -> assertThat(boundary.forbidden().cedar())
                        .contains("one.example")
                        .doesNotContain("two.example"));
        assertThat(second.text()).contains("take the name out of the boundary learned-names-only to allow it");
    }

    @Test
    void onePlaceIsOneGrantAndSaysTheNarrowestProtocol() throws Exception {
        Tried run = new Tried(base)
                .host("a.example", 443, "tls")
                .host("a.example", 443, "tls")
                .host("a.example", 8080, "http")
                .host("mixed.example", 443, "tls")
                .host("mixed.example", 443, "tcp")
                .host("silent.example", 443, null)
                .host("silent.example", 80, null)
                .host("silent.example", 22, null)
                .ends("agent", 0);
        List<HostGrant> grants =
                loaded(Proposer.of(base, run.seen, PLAIN)).charter().network().allow();
        assertThat(grants.stream().map(grant -> grant.host() + ":" + grant.port() + " " + grant.protocol()))
                .containsExactly(
                        "a.example:443 TLS",
                        "a.example:8080 HTTP",
                        "mixed.example:443 TCP",
                        "silent.example:22 TLS",
                        "silent.example:80 HTTP",
                        "silent.example:443 TLS");
    }

    @Test
    void namesAreOneWhateverTheirCaseAndInternationalOnesStayAsTheyAreAsked() throws Exception {
        Tried run = new Tried(base)
                .host("FILES.Example", 443, "tls")
                .host("files.example", 443, "tls")
                .host("xn--bcher-kva.example", 443, "tls")
                .ends("agent", 0);
        assertThat(loaded(Proposer.of(base, run.seen, PLAIN))
                        .charter()
                        .network()
                        .allow())
                .extracting(HostGrant::host)
                .containsExactly("files.example", "xn--bcher-kva.example");
    }

    @Test
    void addressesAreGrantedOneByOneAndMadeUpOnesNever() throws Exception {
        Tried run = new Tried(base)
                .address("203.0.113.9", 443, "tls")
                .address("::ffff:203.0.113.9", 443, "tls")
                .address("2001:db8::7", 22, "tcp")
                .address("198.18.0.9", 443, "tls")
                .address("10.0.0.1", 443, "tls")
                .address("169.254.169.254", 80, "http")
                .udp("203.0.113.9", 123)
                .ends("agent", 0);
        Proposal proposal = Proposer.of(base, run.seen, PLAIN);
        assertThat(loaded(proposal).charter().network().addresses())
                .extracting(grant -> grant.range() + " " + grant.port() + " " + grant.protocol())
                .containsExactly("203.0.113.9/32 443 TLS", "2001:db8:0:0:0:0:0:7/128 22 TCP");
        assertThat(proposal.text())
                .contains("#   tcp 198.18.0.9 port 443 (rule private-address")
                .contains("#   tcp 10.0.0.1 port 443 (rule private-address, boundary no-lateral-movement)")
                .contains("only a person can grant it, under network.addresses")
                .contains("#   tcp 169.254.169.254 port 80 (rule no-credential-hunting.networks")
                .contains("#   udp 203.0.113.9 port 123 (rule udp, boundary no-covert-channels)")
                .contains("it cannot be granted");
    }

    @Test
    void privateAddressesAreProposedOnlyWhereTheCharterLeadsThere() throws Exception {
        PolicyBundle inside = bench.bundle(Bench.MINIMAL + """
                network:
                  allow: [{host: db.example, port: 5432, protocol: tcp}, {host: spare.example}]
                  addresses: [{cidr: 10.1.0.0/16, port: 5432}]
                """);
        Tried run = new Tried(inside)
                .resolve("db.example")
                .host("db.example", 5432, "tcp", "10.1.2.3")
                .ends("agent", 0);
        Charter learned = loaded(Proposer.of(inside, run.seen, PLAIN)).charter();
        assertThat(learned.network().allow()).extracting(HostGrant::host).containsExactly("db.example");
        assertThat(learned.network().addresses())
                .extracting(grant -> grant.range().toString())
                .containsExactly("10.1.2.3/32");
        // The same record under a charter that leads nowhere inside.
        assertThat(loaded(Proposer.of(base, run.seen, PLAIN))
                        .charter()
                        .network()
                        .addresses())
                .isEmpty();
    }

    @Test
    void whatAskedAPersonAsksUnderWhatIsLearned() throws Exception {
        Files.createDirectories(bench.system());
        Files.writeString(bench.system().resolve("organization.yaml"), """
                organization: Corp
                grants: {network: {allow: [{host: corp.example, ask: it costs money}]}}
                """);
        PolicyBundle asking = bench.bundle(Bench.MINIMAL + """
                network:
                  allow: [{host: paid.example, ask: it costs money}, {host: free.example}]
                  addresses: [{cidr: 10.0.0.1, port: 443, ask: it is inside}]
                commands: [{program: cat, ask: it reads}]
                """);
        String cat = Path.of("/usr/bin/cat").toRealPath().toString();
        Tried run = new Tried(asking)
                .host("paid.example", 443, "tls")
                .host("free.example", 443, "tls")
                .host("corp.example", 443, "tls")
                .address("10.0.0.1", 443, "tls")
                .exec(cat, "cat", "x")
                .ends("agent", 0);
        assertThat(run.refused)
                .as("no private address is open, and a question is no yes")
                .singleElement()
                .isInstanceOf(Attempt.Connect.class);
        Charter learned = loaded(Proposer.of(asking, run.seen, PLAIN)).charter();
        assertThat(learned.network().allow())
                .extracting(grant -> grant.host() + " " + grant.ask().orElse("nobody"))
                .contains("paid.example it costs money", "free.example nobody", "corp.example it costs money");
        assertThat(learned.network().allow()).hasSize(3);
        assertThat(learned.commands().orElseThrow())
                .singleElement()
                .satisfies(grant -> assertThat(grant.ask()).contains("it reads"));
    }

    @Test
    void routesStayWithTheNamesThatUseThem() throws Exception {
        PolicyBundle routed = bench.bundle(Bench.MINIMAL + """
                network:
                  allow: [{host: a.example, port: 80}, {host: b.example, port: 80}]
                  route: [{host: a.example, to: "127.0.0.1:8080"}, {host: b.example, to: "127.0.0.1:8081"}]
                """);
        Tried run = new Tried(routed)
                .resolve("a.example")
                .host("a.example", 80, "http", "127.0.0.1")
                .ends("agent", 0);
        Charter learned = loaded(Proposer.of(routed, run.seen, PLAIN)).charter();
        assertThat(learned.network().routes()).containsOnlyKeys("a.example");
        assertThat(learned.network().addresses()).isEmpty();
    }

    @Test
    void wildcardsOnlyWhereAPersonAskedForThem() throws Exception {
        Tried run = new Tried(base)
                .host("a.cdn.example", 443, "tls")
                .host("b.cdn.example", 443, "tls")
                .resolve("c.cdn.example")
                .host("cdn.example", 443, "tls")
                .ends("agent", 0);
        Wishes wide = new Wishes(List.of("*.cdn.example"), false, List.of());
        Proposal proposal = Proposer.of(base, run.seen, wide);
        assertThat(loaded(proposal).charter().network().allow())
                .extracting(HostGrant::host)
                .containsExactly("*.cdn.example", "cdn.example");
        assertThat(proposal.text()).contains("as asked for, instead of a.cdn.example, b.cdn.example");
    }

    @Test
    void whatAnOrganisationGrantsNeedsNoLine() throws Exception {
        Files.createDirectories(bench.system());
        Files.writeString(bench.system().resolve("organization.yaml"), """
                organization: Corp
                grants: {network: {allow: [{host: mirror.example}]}}
                """);
        PolicyBundle corporate = bench.bundle(Bench.MINIMAL);
        Tried run = new Tried(corporate)
                .host("mirror.example", 443, "tls")
                .host("mirror.example", 8443, "tls")
                .ends("agent", 0);
        assertThat(Proposer.of(corporate, run.seen, PLAIN).charter().network().allow())
                .extracting(grant -> grant.host() + ":" + grant.port())
                .containsExactly("mirror.example:8443");
    }

    @Test
    void programsAreNamedOnlyIfAllOfThemCanBe() throws Exception {
        Path tool = Files.writeString(bench.project().resolve("tool"), "#!/bin/sh\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        String cat = Path.of("/usr/bin/cat").toRealPath().toString();
        Proposal own = Proposer.of(
                base,
                new Tried(base).exec(cat, "cat").exec(tool.toString(), "./tool").ends("agent", 0).seen,
                PLAIN);
        assertThat(own.charter().commands()).isEmpty();
        assertThat(own.text()).contains("# Any program may start").contains("tool: the agent may write there");
        Proposal unknown = Proposer.of(base, new Tried(base).exec(null, "cat").ends("agent", 0).seen, PLAIN);
        assertThat(unknown.charter().commands()).isEmpty();
        Proposal gone = Proposer.of(
                base, new Tried(base).exec("/tmp/made", "made").exec(cat, "cat").ends("agent", 0).seen, PLAIN);
        assertThat(gone.text()).contains("/tmp/made: only the sandbox has it");
        Proposal named = Proposer.of(
                base, new Tried(base).exec(cat, "cat").exec("/usr/lib", "lib").ends("agent", 0).seen, PLAIN);
        assertThat(named.charter().commands().orElseThrow()).hasSize(1);
        assertThat(named.text()).contains("# Asked to start, and no program: /usr/lib");
    }

    @Test
    void aRunThatDidNotEndByItselfIsIncomplete() throws Exception {
        assertThat(Proposer.of(base, new Tried(base).resolve("a.example").seen, PLAIN)
                        .text())
                .contains("# INCOMPLETE: r-aaaaaaaa: its end is not on record");
        assertThat(Proposer.of(base, new Tried(base).control("stop").ends("pawl", 137).seen, PLAIN)
                        .incomplete())
                .containsExactly("r-aaaaaaaa: stop by root");
        assertThat(Proposer.of(base, new Tried(base).ends("agent", 139).seen, PLAIN)
                        .incomplete())
                .containsExactly("r-aaaaaaaa: ended by signal 11");
        assertThat(Proposer.of(base, new Tried(base).ends("agent", 3).seen, PLAIN)
                        .text())
                .contains("# Note: the agent of r-aaaaaaaa ended with exit code 3")
                .doesNotContain("INCOMPLETE");
    }

    @Test
    void tooManyNamesAreLeftOutAndSaid() throws Exception {
        Tried run = new Tried(base);
        for (int i = 0; i < Observations.MOST_ATTEMPTS + 1_000; i++) {
            run.resolve("x".repeat(60) + "." + "y".repeat(60) + "." + i + ".example");
        }
        Proposal proposal = Proposer.of(base, run.ends("agent", 0).seen, PLAIN);
        assertThat(loaded(proposal).charter().network().allow()).hasSizeBetween(100, HostLines.MOST_GRANTS);
        assertThat(proposal.incomplete())
                .anyMatch(why -> why.contains("more attempts were too many"))
                .anyMatch(why -> why.contains("more names and addresses were left out"));
    }

    private PolicyBundle loaded(Proposal proposal) throws CharterException, IOException {
        Path file = Files.writeString(bench.home().resolve("learned.yaml"), proposal.text());
        return BundleLoader.load(file, bench.surroundings());
    }

    /** Equal but for where it came from and for what an organisation joins. */
    private static void assertSame(Charter loaded, Charter proposed) {
        assertThat(loaded.network()).isEqualTo(proposed.network());
        assertThat(loaded.commands()).isEqualTo(proposed.commands());
        assertThat(loaded.boundaries()).isEqualTo(proposed.boundaries());
        assertThat(loaded.budget()).isEqualTo(proposed.budget());
        assertThat(loaded.files()).isEqualTo(proposed.files());
    }

    static Attempt connect(String host, int port) {
        return new Attempt.Connect(Transport.TCP, Optional.of(host), InetAddress.ofLiteral("0.0.0.0"), port);
    }
}
