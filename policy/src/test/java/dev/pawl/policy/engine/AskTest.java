package dev.pawl.policy.engine;

import static dev.pawl.policy.Attempts.datagram;
import static dev.pawl.policy.Attempts.exec;
import static dev.pawl.policy.Attempts.named;
import static dev.pawl.policy.Attempts.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Decision.Verdict;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.policy.Attempts;
import dev.pawl.policy.Bench;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants under which a person is asked. */
class AskTest {
    private static final String CHARTER = """
            network:
              allow:
                - {host: "*.example.com", ask: true}
                - {host: api.example.com, protocol: tcp, ask: "it \\"costs\\" money"}
                - {host: free.example.com}
                - {host: api.example.com, port: 80}
              addresses:
                - {cidr: 10.0.0.0/8, port: 5432, protocol: tls, ask: customers' data}
                - {cidr: 10.1.0.0/16, port: 5432}
                - {cidr: 203.0.113.0/24, port: 22, ask: true}
                - {cidr: "64:ff9b::/96", port: 5432, protocol: http}
            commands:
              - {program: sh, arguments: [-n]}
              - {program: sh, arguments: ["-x **", "-n **"], ask: a shell runs anything}
            boundaries:
              - {id: no-prod, never: N, because: B, hosts: [prod.example.com], networks: [10.9.0.0/16], ports: [80]}
            """;

    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));
    private String sh = "";

    @BeforeEach
    void directories() throws IOException {
        bench = Bench.in(temporary);
        sh = Path.of("/usr/bin/sh").toRealPath().toString();
    }

    @Test
    void aConnectionToAHostAsksAndItsNameDoesNot() throws Exception {
        PolicyEngine engine = engine(CHARTER);
        assertThat(engine.decide(named("api.example.com", 443)))
                .isEqualTo(Decision.ask(
                        "network.allow[1]", "api.example.com:443 needs a person's yes: it \"costs\" money"));
        assertThat(engine.decide(named("x.example.com", 443)))
                .isEqualTo(Decision.ask(
                        "network.allow[0]",
                        "x.example.com:443 needs a person's yes: whoever granted it wants a person to look first"));
        assertThat(engine.termsOf("network.allow[1]").map(Terms::protocol)).contains(Protocol.TCP);
        assertThat(engine.decide(new Attempt.Resolve("x.example.com", "A")))
                .isEqualTo(Decision.allow(
                        "network.allow[0]",
                        "network.allow[0] grants *.example.com on port 443; connecting to it needs a person's yes"));
        assertThat(engine.decide(named("x.example.com", 22)).rule()).isEqualTo("default");
    }

    @Test
    void oneGrantThatDoesNotAskIsEnough() throws Exception {
        PolicyEngine engine = engine(CHARTER);
        assertThat(engine.decide(named("free.example.com", 443)))
                .isEqualTo(Decision.allow("network.allow[2]", "network.allow[2] grants free.example.com on port 443"));
        assertThat(engine.decide(raw("10.1.2.3", 5432)).rule()).isEqualTo("network.addresses[1]");
        assertThat(engine.decide(raw("10.1.2.3", 5432)).allowed()).isTrue();
        assertThat(engine.decide(exec(sh, "-n")).allowed()).isTrue();
    }

    @Test
    void anAddressAsksWhenItIsConnectedToAndWhenANameLeadsThere() throws Exception {
        PolicyEngine engine = engine(CHARTER);
        Decision connect = engine.decide(raw("10.2.3.4", 5432));
        assertThat(connect)
                .isEqualTo(Decision.ask("network.addresses[0]", "10.2.3.4:5432 needs a person's yes: customers' data"));
        assertThat(engine.termsOf(connect.rule()).map(Terms::protocol)).contains(Protocol.TLS);
        assertThat(engine.decide(Attempts.dial("10.2.3.4", 5432, false)))
                .isEqualTo(Decision.ask(
                        "network.addresses[0]",
                        "a.example.com at 10.2.3.4:5432 needs a person's yes: customers' data"));
        // Names may lead to any ordinary address, so what is asked for by number only is asked for by number only.
        assertThat(engine.decide(raw("203.0.113.9", 22)).verdict()).isEqualTo(Verdict.ASK);
        assertThat(engine.decide(Attempts.dial("203.0.113.9", 22, false)))
                .extracting(Decision::verdict, Decision::rule)
                .containsExactly(Verdict.ALLOW, "open-address");
        assertThat(engine.decide(Attempts.dial("10.2.3.4", 5432, true)).verdict())
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void anAddressThatCarriesOneThatAsksAsksUnderItsOwnRule() throws Exception {
        PolicyEngine engine = engine(CHARTER);
        Decision carrying = engine.decide(raw("64:ff9b::a02:304", 5432));
        assertThat(carrying)
                .isEqualTo(
                        Decision.ask(
                                "network.addresses[3]",
                                "[64:ff9b:0:0:0:0:a02:304]:5432, which carries 10.2.3.4, needs a person's yes: customers' data"));
        assertThat(engine.termsOf(carrying.rule()).map(Terms::protocol)).contains(Protocol.HTTP);
        assertThat(engine.decide(raw("64:ff9b::a01:203", 5432)).verdict()).isEqualTo(Verdict.ALLOW);
        assertThat(engine.decide(raw("64:ff9b::a09:203", 5432)).rule()).isEqualTo("no-prod.networks");
    }

    @Test
    void aProgramAsksForTheArgumentsOfItsGrant() throws Exception {
        PolicyEngine engine = engine(CHARTER);
        assertThat(engine.decide(exec(sh, "-x", "a")))
                .isEqualTo(Decision.ask("commands[1]", sh + " needs a person's yes: a shell runs anything"));
        assertThat(engine.decide(exec(sh, "-n", "a")).verdict()).isEqualTo(Verdict.ASK);
        assertThat(engine.decide(exec(sh, "-c", "a")).rule()).isEqualTo("default");
    }

    @Test
    void aProhibitionWins() throws Exception {
        PolicyEngine engine = engine(CHARTER);
        assertThat(engine.decide(named("prod.example.com", 443)).rule()).isEqualTo("no-prod.hosts");
        assertThat(engine.decide(new Attempt.Resolve("prod.example.com", "A")).verdict())
                .isEqualTo(Verdict.DENY);
        assertThat(engine.decide(raw("10.9.0.1", 5432)).rule()).isEqualTo("no-prod.networks");
        assertThat(engine.decide(named("api.example.com", 80)).rule()).isEqualTo("no-prod.ports");
        assertThat(engine.decide(datagram("203.0.113.9", 22)).rule()).isEqualTo("udp");
    }

    @Test
    void aProhibitionThatCannotBeEvaluatedDenies() throws Exception {
        PolicyEngine engine = engine(CHARTER, """
                @id("brittle")
                forbid (principal, action == Action::"connect", resource is Address) when { resource.special == "x" };
                """);
        assertThat(engine.decide(raw("203.0.113.9", 22)))
                .extracting(Decision::verdict, Decision::rule)
                .containsExactly(Verdict.DENY, "brittle");
    }

    @Test
    void permitsInCedarAskToo() throws Exception {
        PolicyEngine engine = engine(CHARTER, """
                @id("builders") @ask("builds cost money") @protocol("tcp")
                permit (principal, action in [Action::"resolve", Action::"connect"], resource == Host::"build.example");
                @id("plain") @ask
                permit (principal, action == Action::"connect", resource == Host::"plain.example");
                @id("broken")
                permit (principal, action, resource) when { context.nothing };
                """);
        Decision asked = engine.decide(named("build.example", 7));
        assertThat(asked.verdict()).isEqualTo(Verdict.ASK);
        assertThat(asked.rule()).isEqualTo("builders");
        assertThat(asked.because())
                .startsWith("build.example:7 needs a person's yes: builds cost money")
                .contains("; the rule broken could not be evaluated: ");
        assertThat(engine.termsOf("builders").map(Terms::protocol)).contains(Protocol.TCP);
        assertThat(engine.decide(new Attempt.Resolve("build.example", "A")).allowed())
                .isTrue();
        assertThat(engine.decide(named("plain.example", 7)).because())
                .startsWith("plain.example:7 needs a person's yes: whoever granted it wants a person to look first");
        assertThat(engine.decide(new Attempt.Resolve("plain.example", "A")).verdict())
                .isEqualTo(Verdict.DENY);
    }

    @Test
    void whatIsShownIsNeverAskedFor() throws Exception {
        PolicyEngine engine = engine(CHARTER, """
                @id("look") @ask("secret") permit (principal, action in Action::"files", resource in Path::"/srv");
                @id("all") @ask permit (principal, action, resource == Path::"/opt");
                """);
        assertThat(engine.decide(new Attempt.Mount(Path.of("/srv/x"), false)))
                .isEqualTo(Decision.deny(
                        "default",
                        null,
                        "/srv/x is granted with a question only (rule look), and what is shown is decided before a run,"
                                + " when nobody can be asked; grant it without @ask"));
        assertThat(engine.decide(new Attempt.Mount(Path.of("/opt"), true)).verdict())
                .isEqualTo(Verdict.DENY);
        assertThat(engine.decide(new Attempt.Mount(bench.project(), true)).allowed())
                .isTrue();
    }

    @Test
    void socketsOfTheRunAskNobody() throws Exception {
        PolicyEngine engine =
                engine(CHARTER, "@id(\"s\") @ask permit (principal, action == Action::\"connect-socket\", resource);");
        assertThat(engine.decide(new Attempt.LocalConnect("/tmp/x", true)).rule())
                .isEqualTo("sandbox-socket");
        assertThat(engine.decide(new Attempt.LocalConnect("/run/x", false)).rule())
                .isEqualTo("host-socket");
    }

    @Test
    void theCedarSaysWhatAsks() throws Exception {
        assertThat(engine(CHARTER).cedar())
                .contains("@id(\"network.allow[1]\")\n@ask(\"it \\\"costs\\\" money\")\n")
                .contains("@id(\"network.addresses[0]\")\n@ask(\"customers' data\")\n")
                .contains("@id(\"commands[1]\")\n@ask(\"a shell runs anything\")\n")
                .contains("@id(\"network.allow[2]\")\n@because");
    }

    private PolicyEngine engine(String lines) throws CharterException {
        return PolicyEngine.of(bench.bundle(Bench.MINIMAL + lines));
    }

    private PolicyEngine engine(String lines, String cedar) throws CharterException, IOException {
        Path policies = Files.createDirectories(bench.home().resolve("conf/policies"));
        Files.writeString(policies.resolve("own.cedar"), cedar);
        Path charter = policies.resolveSibling("pawl.yaml");
        Files.writeString(charter, Bench.MINIMAL + "workspace: " + bench.project() + "\n" + lines);
        return PolicyEngine.of(BundleLoader.load(charter, bench.surroundings()));
    }
}
