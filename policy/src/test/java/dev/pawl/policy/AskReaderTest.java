package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which grants of a charter ask a person, with which words, and how long a question waits. */
class AskReaderTest {
    private static final String ALLOWED =
            "true is allowed, or why a person should look: one line of 1 to 200 characters";
    private static final String TIME =
            "a time from 1s to 24h is allowed: a number with s, m, h or d, such as 90s or 1h";
    private static final String ASKING = """
            network:
              allow:
                - {host: a.example.com, ask: "deploys \\"now\\" reach\\\\customers: 100 #1"}
                - {host: b.example.com, ask: true}
                - {host: c.example.com, ask: false}
                - {host: d.example.com}
              addresses:
                - {cidr: 10.0.0.5, port: 5432, ask: they are customers' data}
                - {cidr: 10.0.0.6, port: 5432}
            commands:
              - {program: sh, arguments: [-n]}
              - {program: sh, ask: true}
              - {program: sh, arguments: [-x], ask: a shell}
            """;

    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() {
        bench = Bench.in(temporary);
    }

    @Test
    void grantsThatAskSayWhy() throws Exception {
        Charter charter = bench.load(Bench.MINIMAL + ASKING);
        assertThat(charter.network().allow())
                .extracting(HostGrant::ask)
                .containsExactly(
                        Optional.of("deploys \"now\" reach\\customers: 100 #1"),
                        Optional.of(Charter.Asks.NO_REASON),
                        Optional.empty(),
                        Optional.empty());
        assertThat(charter.network().addresses())
                .extracting(AddressGrant::ask)
                .containsExactly(Optional.of("they are customers' data"), Optional.empty());
        assertThat(charter.commands().orElseThrow())
                .extracting(CommandGrant::ask)
                .containsExactly(Optional.empty(), Optional.of(Charter.Asks.NO_REASON), Optional.of("a shell"));
        assertThat(charter.asks().patience()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void whatIsRenderedLoadsAgain() throws Exception {
        Charter charter = bench.load(Bench.MINIMAL + ASKING + "asks: {wait: 90s}\n");
        String text = CharterText.render(charter);
        assertThat(text)
                .contains("      ask: \"deploys \\\"now\\\" reach\\\\customers: 100 #1\"\n")
                .contains("      ask: true\n")
                .contains("asks:\n  wait: 90s\n");
        assertThat(bench.load(text)).isEqualTo(charter);
        Charter silent = bench.load(Bench.MINIMAL);
        assertThat(CharterText.render(silent)).doesNotContain("ask");
        Charter waiting = bench.load(Bench.MINIMAL + "asks: {wait: 24h}\n");
        assertThat(bench.load(CharterText.render(waiting))).isEqualTo(waiting);
    }

    @Test
    void anOrganisationsGrantsAskToo() throws Exception {
        Files.createDirectories(bench.system());
        Files.writeString(bench.system().resolve("organization.yaml"), """
                organization: Example
                grants:
                  network:
                    allow: [{host: a.example.com, ask: it costs}]
                    addresses: [{cidr: 10.0.0.5, port: 22, ask: true}]
                  commands: [{program: sh, ask: true}]
                """);
        PolicyBundle bundle = bench.bundle(Bench.MINIMAL + "commands: []\nasks: {wait: 1s}\n");
        assertThat(bundle.charter().network().allow())
                .extracting(HostGrant::ask)
                .containsExactly(Optional.of("it costs"));
        assertThat(bundle.charter().network().addresses().getFirst().ask()).contains(Charter.Asks.NO_REASON);
        assertThat(bundle.charter().commands().orElseThrow().getFirst().ask()).contains(Charter.Asks.NO_REASON);
        assertThat(bundle.charter().asks().patience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(CharterText.render(bundle.charter()))
                .contains("# organization.grants.network.allow[0]: a.example.com 443 tls, ask: it costs\n")
                .contains("# organization.grants.network.addresses[0]: 10.0.0.5/32 22 tcp, ask: true\n");
    }

    @ParameterizedTest
    @CsvSource({"1s, 1", "10m, 600", "24h, 86400", "1d, 86400", "86400s, 86400"})
    void aQuestionWaits(String written, long seconds) throws Exception {
        assertThat(bench.load(Bench.MINIMAL + "asks: {wait: " + written + "}\n")
                        .asks()
                        .patience())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                ask("5", "is the number 5; " + ALLOWED + "; to mean the text, write \"5\""),
                ask("", "is empty; " + ALLOWED),
                ask("' '", "is empty; " + ALLOWED),
                ask("[a]", "is a list; " + ALLOWED),
                ask("\"a\\nb\"", "has a line break or an invisible character in it; " + ALLOWED),
                ask("\"a\\e[2Jb\"", "has a line break or an invisible character in it; " + ALLOWED),
                ask("x".repeat(201), "is longer than 200 characters; " + ALLOWED),
                ask("No", "is the text \"No\", which is no reason; " + ALLOWED + "; leave the key out to ask nobody"),
                ask(
                        "'true'",
                        "is the text \"true\", which is no reason; " + ALLOWED + "; leave the key out to ask nobody"),
                Arguments.of(
                        "commands: [{program: sh, aks: true}]",
                        "5:26: unknown key \"aks\" in commands[0]; allowed: program, arguments, ask; did you mean"
                                + " \"ask\"?"),
                Arguments.of("asks: 10m", "5:7: asks is the text \"10m\"; a mapping with these keys is allowed: wait"),
                Arguments.of("asks: {wait: 0s}", "5:14: asks.wait is the text \"0s\"; " + TIME),
                Arguments.of("asks: {wait: 25h}", "5:14: asks.wait is the text \"25h\"; " + TIME),
                Arguments.of("asks: {wait: 86401s}", "5:14: asks.wait is the text \"86401s\"; " + TIME),
                Arguments.of(
                        "asks: {wait: 10}",
                        "5:14: asks.wait is the number 10, which has no unit; " + TIME + "; did you mean \"10s\"?"),
                Arguments.of(
                        "asks: {wiat: 1m}", "5:8: unknown key \"wiat\" in asks; allowed: wait; did you mean \"wait\"?"),
                Arguments.of(
                        "network: {allow: [{host: a.example}, {host: a.example, ask: true}]}",
                        "5:38: network.allow[1] grants a.example on port 443 a second time; network.allow[0] does"
                                + " already"),
                Arguments.of(
                        "commands: [{program: sh, ask: x}, {program: sh, ask: x}]",
                        "5:35: commands[1] grants SH a second time; commands[0] does already: put all its arguments"
                                + " there"));
    }

    private static Arguments ask(String value, String expected) {
        return Arguments.of(
                "network: {addresses: [{cidr: 10.0.0.1, port: 1, ask: " + value + "}]}",
                (value.isEmpty() ? "5:53" : "5:54") + ": network.addresses[0].ask " + expected);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhereWhatAndWhatIsAllowed(String lines, String expected) throws Exception {
        String sh = Path.of("/usr/bin/sh").toRealPath().toString();
        assertThat(bench.problems(Bench.MINIMAL + lines + "\n")).isEqualTo(List.of(expected.replace("SH", sh)));
    }
}
