package dev.pawl.policy.engine;

import static dev.pawl.policy.Attempts.exec;
import static dev.pawl.policy.Attempts.named;
import static dev.pawl.policy.Attempts.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.policy.Bench;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies beside a charter, which lies outside the workspace here but where a test says otherwise. */
class OwnPoliciesTest {
    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));
    Path policies = Path.of("/");

    @BeforeEach
    void directories() throws Exception {
        bench = Bench.in(temporary);
        policies = Files.createDirectories(bench.home().resolve("conf/policies"));
        Files.writeString(
                policies.resolveSibling("pawl.yaml"),
                Bench.MINIMAL + "workspace: " + bench.project() + "\n"
                        + "network: {allow: [{host: a.example.com}], addresses: [{cidr: 203.0.113.0/24, port: 443}]}\n");
    }

    @Test
    void whatAnnotationsLeaveOutIsFilledIn() throws Exception {
        write("a.cedar", """
                // Nothing has to be annotated.
                permit (principal, action, resource == Host::"b.example.com");
                @id("ours") @because("we say so") @protocol("tcp")
                permit (principal, action == Action::"connect", resource == Host::"c.example.com");
                @boundary("no-covert-channels")
                forbid (principal, action, resource == Host::"a.example.com");
                """);
        PolicyEngine engine = engine();
        String file = policies.resolve("a.cedar").toString();
        assertThat(engine.decide(named("b.example.com", 7)))
                .isEqualTo(Decision.allow(file + ":0", "a rule of " + file + " says so"));
        assertThat(engine.termsOf(file + ":0").map(Terms::protocol)).contains(Protocol.TLS);
        assertThat(engine.decide(named("c.example.com", 7))).isEqualTo(Decision.allow("ours", "we say so"));
        assertThat(engine.termsOf("ours").map(Terms::protocol)).contains(Protocol.TCP);
        assertThat(engine.decide(new Attempt.Resolve("c.example.com", "A")).rule())
                .isEqualTo("default");
        assertThat(engine.decide(named("a.example.com", 443)))
                .isEqualTo(Decision.deny(
                        file + ":2",
                        "no-covert-channels",
                        "a.example.com:443 is refused: a rule of " + file + " says so"));
    }

    @Test
    void rulesOfTheCharterNameADecisionBeforePoliciesInCedar() throws Exception {
        write("a.cedar", "@id(\"all\") permit (principal, action, resource);");
        PolicyEngine engine = engine();
        assertThat(engine.decide(named("a.example.com", 443)).rule()).isEqualTo("network.allow[0]");
        assertThat(engine.decide(raw("127.0.0.1", 443)).rule()).isEqualTo("sandbox-loopback");
        assertThat(engine.termsOf("sandbox-loopback").map(Terms::protocol)).isEmpty();
        assertThat(engine.decide(raw("198.51.100.1", 443)).rule()).isEqualTo("all");
        assertThat(engine.decide(raw("10.0.0.1", 443)).rule()).isEqualTo("private-address");
        assertThat(engine.decide(new Attempt.LocalConnect("/run/docker.sock", false))
                        .rule())
                .isEqualTo("host-socket");
    }

    @Test
    void aProhibitionThatFailsDeniesAndAPermissionThatFailsIsPassedOver() throws Exception {
        write("a.cedar", """
                @id("brittle") @boundary("no-lateral-movement")
                forbid (principal, action == Action::"connect", resource is Address) when { resource.special == "x" };
                @id("broken")
                permit (principal, action == Action::"connect", resource) when { context.nothing };
                """);
        PolicyEngine engine = engine();
        Decision address = engine.decide(raw("203.0.113.9", 443));
        assertThat(address.rule()).isEqualTo("brittle");
        assertThat(address.boundary()).isEqualTo("no-lateral-movement");
        assertThat(address.because())
                .startsWith("203.0.113.9:443 is refused, since the rule could not be evaluated: ")
                .contains("special");
        Decision granted = engine.decide(named("a.example.com", 443));
        assertThat(granted.allowed()).isTrue();
        assertThat(granted.rule()).isEqualTo("network.allow[0]");
        assertThat(granted.because()).contains("; the rule broken could not be evaluated: ");
        Decision denied = engine.decide(named("b.example.com", 443));
        assertThat(denied.rule()).isEqualTo("default");
        assertThat(denied.because())
                .startsWith("no grant covers b.example.com on port 443; the rule broken could not be evaluated: ");
    }

    @Test
    void whatTheyNameBelowAPathIsLookedFor() throws Exception {
        write("a.cedar", "forbid (principal, action in Action::\"files\", resource in Path::\"/srv/x/y\");");
        write("b.cedar", "@id(\"srv\") permit (principal, action in Action::\"files\", resource in Path::\"/srv\");");
        PolicyEngine engine = engine();
        assertThat(engine.decide(new Attempt.Mount(Path.of("/srv/x"), false)).rule())
                .isEqualTo(policies.resolve("a.cedar") + ":0");
        assertThat(engine.decide(new Attempt.Mount(Path.of("/srv/z"), false)).rule())
                .isEqualTo("srv");
    }

    @Test
    void aRuleSeesThePrincipalTheContextAndTheProgram() throws Exception {
        Files.createDirectories(bench.system());
        Files.writeString(bench.system().resolve("organization.yaml"), "organization: X\n");
        write("a.cedar", """
                @id("seen")
                forbid (principal == Agent::"fixer", action == Action::"exec", resource is Program in Path::"/usr")
                when {
                  principal in Organization::"X" && principal.owner == "Ada Lovelace" &&
                  principal.purpose == "Fix failing tests" && resource.name == "rm" && resource.path == "/usr/bin/rm" &&
                  context.cwd == "/work" && context.argv["1"] == "-rf" && context.argv has "2" &&
                  !(context.argv has "3") && context.complete && context.arguments == 2
                };
                """);
        PolicyEngine engine = engine();
        assertThat(engine.decide(exec("/usr/bin/rm", "-rf", "/")).rule()).isEqualTo("seen");
        assertThat(engine.decide(exec("/usr/bin/rm", "-rf")).rule()).isEqualTo("exec");
        assertThat(engine.decide(exec("/bin/rm", "-rf", "/")).rule()).isEqualTo("exec");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("\npermit (principal, action);", "2:26: expected ',', found ')'"),
                Arguments.of("@id(\"udp\")\nforbid (principal, action, resource);", """
                        1:1: the id "udp" is taken; every rule needs one of its own"""),
                Arguments.of(
                        "@id(\"x\") forbid (principal, action, resource);\n\n@id(\"x\") forbid (principal, action, resource);",
                        "3:1: the id \"x\" is taken by the rule at FILE:1; every rule needs one of its own"),
                Arguments.of(
                        "@id(\"default\") forbid (principal, action, resource);",
                        "1:1: @id is \"default\", which is the name of a rule of Pawl's own; choose another"),
                Arguments.of(
                        "@id(\"a\\u{1b}[2J\") forbid (principal, action, resource);",
                        "1:1: @id is no line of 1 to 200 readable characters"),
                Arguments.of(
                        "@because(\"a\\nb\") forbid (principal, action, resource);",
                        "1:1: @because is no line of 1 to 500 readable characters"),
                Arguments.of(
                        "@boundary(\"none\") forbid (principal, action, resource);",
                        "1:1: @boundary is \"none\", and no boundary has that id; known: "),
                Arguments.of(
                        "@protocol(\"gopher\") permit (principal, action, resource);",
                        "1:1: @protocol is \"gopher\"; allowed: tcp, tls, http, ssh, git, postgresql, mysql, redis, smtp, dns"),
                Arguments.of(
                        "@protocol(\"tls\") forbid (principal, action, resource);",
                        "1:1: @protocol stands on a forbid; it says what may flow under a permit"),
                Arguments.of(
                        "\n@ask forbid (principal, action, resource);",
                        "2:1: @ask stands on a forbid; it says that a person is asked before what a permit allows"),
                Arguments.of(
                        "@ask(\"a\\u{1b}[2J\") permit (principal, action, resource);",
                        "1:1: @ask is no line of 1 to 200 readable characters"),
                Arguments.of(
                        "@ask(\"" + "x".repeat(201) + "\") permit (principal, action, resource);",
                        "1:1: @ask is no line of 1 to 200 readable characters"),
                Arguments.of(
                        "@id(\"ask.expired\") permit (principal, action, resource);",
                        "1:1: @id is \"ask.expired\", which is the name of a rule of Pawl's own; choose another"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhereWhatIsWrong(String text, String expected) throws Exception {
        Path file = write("a.cedar", text);
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(file + ":" + expected.replace("FILE", file.toString()));
    }

    @Test
    void whereTheAgentMayWriteAPolicyOnlyForbids() throws Exception {
        Path inside = Files.createDirectories(bench.project().resolve("policies"));
        Files.writeString(inside.resolve("a.cedar"), "\n\npermit (principal, action, resource);");
        Files.writeString(bench.project().resolve("pawl.yaml"), Bench.MINIMAL);
        assertThat(problemsOf(Path.of("pawl.yaml")))
                .containsExactly("policies/a.cedar:3:1: this permits, and the agent may write here; a policy in such a"
                        + " place may only forbid: move the file, or charter and policies, out of what the agent may"
                        + " write");
        Files.writeString(inside.resolve("a.cedar"), "forbid (principal, action, resource);");
        assertThat(problemsOf(Path.of("pawl.yaml"))).isEmpty();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(policies.resolve(name), text);
    }

    private PolicyEngine engine() throws CharterException {
        return PolicyEngine.of(BundleLoader.load(policies.resolveSibling("pawl.yaml"), bench.surroundings()));
    }

    private List<String> problems() {
        return problemsOf(policies.resolveSibling("pawl.yaml"));
    }

    private List<String> problemsOf(Path charter) {
        try {
            assertThat(PolicyEngine.of(BundleLoader.load(charter, bench.surroundings()))
                            .rules())
                    .isNotEmpty();
            return List.of();
        } catch (CharterException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }
}
