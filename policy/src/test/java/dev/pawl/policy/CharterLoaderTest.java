package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.Endpoint;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharterLoaderTest {
    static final String FULL = """
            agent: repo-fixer
            owner:
              name: Ada Lovelace
              page: [mailto:ada@example.com, https://hooks.example/x, "http://127.0.0.1:9/p", tel:+4412345]
            purpose: Fix failing tests
            workspace: .
            files:
              read: [~/data, src]
              write: [~/.cache/pip]
            network:
              allow:
                - host: API.example.com.
                - {host: "*.example.org", port: 80}
                - host: bücher.example
                  port: 8443
                  protocol: tcp
              addresses:
                - cidr: 10.0.0.0/8
                  port: 5432
                - {cidr: "2001:db8::1", port: 443, protocol: tls}
              route:
                - host: api.example.com
                  to: 127.0.0.1:8080
                - {host: a.example.org, to: "[::1]:81"}
              resolver: 127.0.0.1:5353
            env:
              pass: [OPENAI_API_KEY, _X1]
              set: {NODE_ENV: test, RETRIES: 3, DEBUG: true, EMPTY: "", RATE: 1.50}
            budget:
              wall: 1h
              cpu: 30m
              memory: 4GiB
              processes: 500
              egress: 1048577
              tmp: 512MiB
            boundaries: standard
            """;

    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() throws Exception {
        bench = Bench.in(temporary);
        Files.createDirectories(bench.project().resolve("src"));
        Files.createDirectories(bench.home().resolve("data"));
        Files.createDirectories(bench.home().resolve(".cache/pip"));
    }

    @Test
    void readsEveryKey() throws Exception {
        Charter charter = bench.load(FULL);
        Path home = bench.home();
        assertThat(charter)
                .isEqualTo(new Charter(
                        "repo-fixer",
                        new Charter.Owner(
                                "Ada Lovelace",
                                List.of(
                                        "mailto:ada@example.com",
                                        "https://hooks.example/x",
                                        "http://127.0.0.1:9/p",
                                        "tel:+4412345")),
                        "Fix failing tests",
                        bench.project(),
                        new Charter.FileGrants(
                                List.of(home.resolve("data"), bench.project().resolve("src")),
                                List.of(home.resolve(".cache/pip"))),
                        new Charter.NetworkGrants(
                                List.of(
                                        new HostGrant("network.allow[0]", "api.example.com", 443, Protocol.TLS),
                                        new HostGrant("network.allow[1]", "*.example.org", 80, Protocol.HTTP),
                                        new HostGrant("network.allow[2]", "xn--bcher-kva.example", 8443, Protocol.TCP)),
                                List.of(
                                        new AddressGrant(
                                                "network.addresses[0]", Cidr.parse("10.0.0.0/8"), 5432, Protocol.TCP),
                                        new AddressGrant(
                                                "network.addresses[1]", Cidr.parse("2001:db8::1"), 443, Protocol.TLS)),
                                Map.of(
                                        "api.example.com",
                                        new Endpoint("127.0.0.1", 8080),
                                        "a.example.org",
                                        new Endpoint("0:0:0:0:0:0:0:1", 81)),
                                Optional.of(new Endpoint("127.0.0.1", 5353))),
                        Optional.empty(),
                        new Charter.Environment(
                                List.of("OPENAI_API_KEY", "_X1"),
                                Map.of(
                                        "NODE_ENV",
                                        "test",
                                        "RETRIES",
                                        "3",
                                        "DEBUG",
                                        "true",
                                        "EMPTY",
                                        "",
                                        "RATE",
                                        "1.50")),
                        new Budget(
                                Optional.of(Duration.ofHours(1)),
                                Optional.of(Duration.ofMinutes(30)),
                                Optional.of(4L << 30),
                                500,
                                Optional.of(1048577L),
                                512L << 20),
                        List.of(),
                        List.of(),
                        "pawl.yaml"));
    }

    @Test
    void grantsNothingThatIsNotWritten() throws Exception {
        Charter charter = bench.load(Bench.MINIMAL);
        assertThat(charter.workspace()).isEqualTo(bench.project());
        assertThat(charter.files()).isEqualTo(new Charter.FileGrants(List.of(), List.of()));
        assertThat(charter.network()).isEqualTo(NetworkReader.NOTHING);
        assertThat(charter.env()).isEqualTo(new Charter.Environment(List.of(), Map.of()));
        assertThat(charter.budget()).isEqualTo(Budget.DEFAULT);
    }

    @Test
    void takesAByteOrderMarkAndWindowsLineEnds() throws Exception {
        assertThat(bench.load("\ufeff" + Bench.MINIMAL.replace("\n", "\r\n")).agent())
                .isEqualTo("fixer");
    }

    @Test
    void theMessageHasFileLineAndColumnOfEveryProblem() {
        assertThatThrownBy(() -> bench.load("agent: Fixer\npurpos: x\n"))
                .isInstanceOf(CharterException.class)
                .hasMessage("""
                        pawl.yaml:1:1: no owner; an agent without an owner does not start: write owner: with name: below it
                        pawl.yaml:1:1: no purpose; it is required: write purpose: with one sentence on what this agent is for
                        pawl.yaml:1:8: agent is "Fixer"; 1 to 64 of the characters a-z, 0-9, dot, _ and - are allowed, \
                        a letter or digit first; did you mean "fixer"?
                        pawl.yaml:2:1: unknown key "purpos"; allowed: agent, owner, purpose, workspace, files, network, \
                        commands, env, budget, asks, boundaries, instructions, secrets, tools; did you mean "purpose"?""");
    }

    @Test
    void aFileThatIsNoFileIsAProblemToo() {
        Surroundings surroundings = bench.surroundings();
        assertThatThrownBy(() -> CharterLoader.load(Path.of("none.yaml"), surroundings, Organization.NONE))
                .isInstanceOf(CharterException.class)
                .hasMessage("none.yaml: there is no such file");
        assertThatThrownBy(() -> CharterLoader.load(bench.project(), surroundings, Organization.NONE))
                .isInstanceOf(CharterException.class)
                .hasMessageEndingWith("is not a regular file");
    }
}
