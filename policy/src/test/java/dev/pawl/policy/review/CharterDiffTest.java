package dev.pawl.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.policy.Bench;
import dev.pawl.policy.CharterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes people make, and what is said of them, word for word. */
final class CharterDiffTest {
    private static final String HEAD = "agent: fixer\nowner: {name: Ada}\npurpose: Fix tests\nworkspace: work\n";

    @TempDir
    private Path temporary;

    private Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() throws IOException {
        bench = Bench.in(temporary);
        Files.createDirectories(bench.project().resolve("work/a/b"));
        Files.createDirectories(bench.project().resolve("other"));
        Files.createDirectories(bench.system());
    }

    @Test
    void theSameInAnotherOrderIsNoChange() throws CharterException {
        String one = """
                network:
                  allow: [{host: a.example.com}, {host: b.example.com, port: 80}]
                  addresses: [{cidr: 203.0.113.0/24, port: 22}, {cidr: 198.51.100.7, port: 25}]
                commands: [{program: ls}, {program: cat, arguments: ["x", "y **"]}]
                """;
        String other = """
                commands: [{program: cat, arguments: ["y **", "x"]}, {program: ls}]
                network:
                  addresses: [{cidr: 198.51.100.7, port: 25}, {cidr: 203.0.113.0/24, port: 22}]
                  allow: [{port: 80, host: b.example.com, protocol: http}, {host: a.example.com, port: 443}]
                """;
        assertThat(diff(one, other).changes()).isEmpty();
        assertThat(diff(one, other).verdict()).isEqualTo("same: the two allow and forbid the same");
    }

    @Test
    void hosts() throws CharterException {
        says(
                "network: {allow: [{host: a.example.com}]}",
                "network: {allow: [{host: \"*.example.com\"}]}",
                "looser: network.allow: a.example.com:443 tls -> *.example.com:443 tls"
                        + " (resolve any.example.com was not granted, now is allowed)");
        says(
                "network: {allow: [{host: \"*.example.com\"}]}",
                "network: {allow: [{host: \"*.example.com\"}, {host: a.example.com}]}",
                "same: network.allow: none -> a.example.com:443 tls (network.allow[0] granted it already)");
        says(
                "network: {allow: [{host: \"*.example.com\"}, {host: a.example.com}]}",
                "network: {allow: [{host: \"*.example.com\"}]}",
                "same: network.allow: a.example.com:443 tls -> none (network.allow[0] still grants it)");
        says(
                "network: {allow: [{host: a.example.com}]}",
                "network: {allow: [{host: a.example.com, protocol: tcp}]}",
                "looser: network.allow: a.example.com:443 tls -> a.example.com:443 tcp"
                        + " (connect a.example.com:443 may carry any bytes, before tls)");
        says(
                "network: {allow: [{host: \"*.example.com\", protocol: tcp}]}",
                "network: {allow: [{host: \"*.example.com\", protocol: tcp}, {host: a.example.com}]}",
                "tighter: network.allow: none -> a.example.com:443 tls"
                        + " (connect a.example.com:443 may carry tls, before any bytes)");
        says(
                "network: {allow: [{host: a.example.com}]}",
                "network: {allow: [{host: a.example.com, port: 8443}]}",
                "tighter: network.allow: a.example.com:443 tls -> none"
                        + " (connect a.example.com:443 was allowed, now is not granted)",
                "looser: network.allow: none -> a.example.com:8443 tls"
                        + " (connect a.example.com:8443 was not granted, now is allowed)");
        says(
                "network: {allow: [{host: a.example.com}]}",
                "network: {allow: [{host: a.example.com, protocol: http}]}",
                "looser or tighter: network.allow: a.example.com:443 tls -> a.example.com:443 http"
                        + " (connect a.example.com:443 may carry http, before tls)");
    }

    @Test
    void whatABoundaryForbidsIsNotLooser() throws CharterException {
        String boundary = "boundaries: [{id: no-pools, never: Mine, because: Power, hosts: [\"*.pool.example\"]}]\n";
        says(
                boundary,
                boundary + "network: {allow: [{host: a.pool.example}]}",
                "same: network.allow: none -> a.pool.example:443 tls"
                        + " (connect a.pool.example:443 is refused by no-pools with it and without it)");
        says(
                boundary,
                boundary + "network: {allow: [{host: \"*.example\"}]}",
                "looser: network.allow: none -> *.example:443 tls"
                        + " (resolve pool.example was not granted, now is allowed)");
    }

    @Test
    void asking() throws CharterException {
        String free = "network: {allow: [{host: a.example}], addresses: [{cidr: 10.0.0.5, port: 22}]}";
        String asking =
                "network: {allow: [{host: a.example, ask: true}], addresses: [{cidr: 10.0.0.5, port: 22, ask: x}]}";
        String host = "a.example:443 tls";
        String address = "10.0.0.5/32 port 22 tcp";
        String reason = " asking \"whoever granted it wants a person to look first\"";
        says(
                free,
                asking,
                "tighter: network.allow: " + host + " -> " + host + reason
                        + " (connect a.example:443 was allowed, now asks a person)",
                "tighter: network.addresses: " + address + " -> " + address
                        + " asking \"x\" (connect 10.0.0.5:22 was allowed, now asks a person)");
        says(
                asking,
                free,
                "looser: network.allow: " + host + reason + " -> " + host
                        + " (connect a.example:443 asked a person, now is allowed)",
                "looser: network.addresses: " + address + " asking \"x\" -> " + address
                        + " (connect 10.0.0.5:22 asked a person, now is allowed)");
        says(
                "",
                "network: {allow: [{host: a.example, ask: true}]}",
                "looser: network.allow: none -> " + host + reason
                        + " (resolve a.example was not granted, now is allowed)");
        says(
                "network: {addresses: [{cidr: 10.0.0.5, port: 22, ask: x}]}",
                "network: {addresses: [{cidr: 10.0.0.5, port: 22, ask: z}]}\nasks: {wait: 1h}",
                "same: network.addresses: " + address + " asking \"x\" -> " + address
                        + " asking \"z\" (together they grant the same)",
                "same: asks.wait: 5m -> 1h (no answer is a denial, however long it takes)");
    }

    @Test
    void programsThatAsk() throws CharterException {
        says(
                "commands: [{program: /usr/bin/env, arguments: [\"-i **\"]}]",
                "commands: [{program: /usr/bin/env, arguments: [\"-i a\"]}, {program: /usr/bin/env, ask: x}]",
                "looser or tighter: commands: /usr/bin/env -i ** -> /usr/bin/env -i a, /usr/bin/env with any arguments"
                        + " asking \"x\" (exec /usr/bin/env was not granted, now asks a person; exec /usr/bin/env -i was"
                        + " allowed, now asks a person)");
        says(
                "commands: [{program: /usr/bin/env, arguments: [\"-i **\"], ask: x}]",
                "commands: [{program: /usr/bin/env, arguments: [\"-i **\"]}]",
                "looser: commands: /usr/bin/env -i ** asking \"x\" -> /usr/bin/env -i ** (exec /usr/bin/env -i asked a"
                        + " person, now is allowed)");
    }

    @Test
    void addresses() throws CharterException {
        says(
                "network: {addresses: [{cidr: 203.0.113.0/24, port: 22}]}",
                "network: {addresses: [{cidr: 203.0.113.0/25, port: 22}, {cidr: 203.0.113.128/25, port: 22}]}",
                "same: network.addresses: 203.0.113.0/24 port 22 tcp -> 203.0.113.0/25 port 22 tcp,"
                        + " 203.0.113.128/25 port 22 tcp (together they grant the same)");
        says(
                "",
                "network: {addresses: [{cidr: 10.0.0.5, port: 5432}]}",
                "looser: network.addresses: none -> 10.0.0.5/32 port 5432 tcp"
                        + " (connect 10.0.0.5:5432 was refused by no-lateral-movement, now is allowed)");
        says(
                "network: {addresses: [{cidr: 203.0.113.0/24, port: 22}]}",
                "network: {addresses: [{cidr: 203.0.113.128/25, port: 22}]}",
                "tighter: network.addresses: 203.0.113.0/24 port 22 tcp -> 203.0.113.128/25 port 22 tcp"
                        + " (connect 203.0.113.0:22 was allowed, now is not granted)");
    }

    @Test
    void markedFiles() throws CharterException {
        says(
                "files: {marked: [a, b]}",
                "files: {marked: [b, c]}",
                "tighter: files.marked: none -> c (no part of these files may leave)",
                "looser: files.marked: a -> none (parts of these files may leave)");
    }

    @Test
    void filesAndCommands() throws CharterException {
        String project = bench.project().toString();
        says(
                "files: {read: [../other]}",
                "files: {write: [../other]}",
                "same: files.read: " + project + "/other -> none (files.write[0] still grants it)",
                "looser: files.write: none -> " + project + "/other (mount-write " + project
                        + "/other was not granted, now is allowed)");
        says(
                "commands: [{program: /usr/bin/env, arguments: [\"log **\"]}]",
                "commands: [{program: /usr/bin/env, arguments: [\"log --*\", \"push * **\"]}]",
                "looser or tighter: commands: /usr/bin/env log ** -> /usr/bin/env log --* | push * **"
                        + " (exec /usr/bin/env push \"\" was not granted, now is allowed;"
                        + " exec /usr/bin/env log was allowed, now is not granted)");
        says(
                "commands: [{program: /usr/bin/env}]",
                "",
                "looser: commands: /usr/bin/env -> any program (exec /any was not granted, now is allowed)");
    }

    @Test
    void boundaries() throws CharterException {
        String boundary = """
                boundaries:
                  - id: no-customer-data
                    never: Read customer records
                    because: Contract
                    hosts: [%s]
                """;
        says(
                boundary.formatted("crm.example.com"),
                "",
                "looser: boundaries.no-customer-data: hosts crm.example.com -> none"
                        + " (resolve crm.example.com was refused by no-customer-data, now only lacks a grant)");
        says(
                boundary.formatted("crm.example.com"),
                boundary.formatted("\"*.example.com\"").replace("Read", "See"),
                "tighter: boundaries.no-customer-data.hosts: crm.example.com -> *.example.com"
                        + " (resolve any.example.com was not granted, now is refused by no-customer-data)",
                "same: boundaries.no-customer-data.never: Read customer records -> See customer records"
                        + " (only what the agent is told, and how it is tested, differs)");
    }

    @Test
    void whatIsNoAttempt() throws CharterException {
        says(
                "network: {allow: [{host: a.example.com}]}\nenv: {pass: [TOKEN], set: {A: b, C: d}}\n"
                        + "budget: {wall: 1h, egress: 1GiB, model: {tokens: 1M/day, calls: 5/run}}\ninstructions: [claude]",
                "network: {allow: [{host: a.example.com}], route: [{host: a.example.com, to: \"127.0.0.1:9\"}],"
                        + " resolver: \"127.0.0.1:53\"}\nenv: {pass: [KEY], set: {A: x}}\n"
                        + "budget: {wall: 90m, cpu: 1h, model: {tokens: 2M/day, money: 1 USD/run}}\ninstructions: [codex]",
                "looser or tighter: network.route: a.example.com to none -> a.example.com to 127.0.0.1:9"
                        + " (the same name leads elsewhere)",
                "looser or tighter: network.resolver: the machine's own -> 127.0.0.1:53"
                        + " (granted names may lead to other addresses)",
                "tighter: env.pass: TOKEN -> none (the agent no longer gets the caller's value)",
                "looser: env.pass: none -> KEY (the agent gets the caller's value)",
                "looser or tighter: env.set: A -> A (the value differs; what it opens cannot be told)",
                "tighter: env.set: C -> none (the agent no longer gets the value)",
                "looser: budget.wall: 1h -> 90m (a run may take more)",
                "tighter: budget.cpu: no limit -> 1h (a run may take less)",
                "looser: budget.egress: 1GiB -> no limit (a run may take more)",
                "looser: budget.model.calls: 5/run -> no limit (a run may take more)",
                "looser: budget.model.tokens: 1M/day -> 2M/day (a run may take more)",
                "tighter: budget.model.money: no limit -> 1 USD/run (a run may take less)",
                "looser: instructions: claude -> none (claude is no longer told its charter)",
                "tighter: instructions: none -> codex (codex is told its charter)");
    }

    @Test
    void names() throws CharterException {
        Comparison comparison = diff("", HEAD.replace("fixer", "mailer").replace("Ada", "Bo"), true);
        assertThat(comparison.changes())
                .extracting(Change::text)
                .containsExactly(
                        "same: agent: fixer -> mailer (by itself it decides nothing; attempts were compared)",
                        "same: owner: Ada -> Bo (by itself it decides nothing; attempts were compared)");
    }

    @Test
    void anotherNameMayBeHeldToLess() throws CharterException, IOException {
        Files.writeString(bench.system().resolve("organization.yaml"), """
                organization: Example
                zones:
                  - {id: production, because: Customers notice, hosts: ["*.prod.example.com"], agents: [mailer]}
                boundaries:
                  lift: [{boundary: no-covert-channels, agents: [mailer], because: Dana looks}]
                """);
        Comparison comparison = diff("", HEAD.replace("fixer", "mailer"), true);
        assertThat(comparison.looser()).isTrue();
        assertThat(comparison.changes())
                .extracting(Change::text)
                .anySatisfy(text -> assertThat(text).startsWith("looser: boundaries.no-covert-channels: "))
                .contains("looser: decisions: rule zone.production -> rule default"
                        + " (resolve any.prod.example.com was refused by no-lateral-movement, now only lacks a grant)");
    }

    private void says(String one, String other, String... lines) throws CharterException {
        Comparison comparison = diff(one, other);
        assertThat(comparison.changes()).extracting(Change::text).containsExactly(lines);
        assertThat(comparison.looser()).isEqualTo(List.of(lines).stream().anyMatch(line -> line.startsWith("looser")));
        Comparison back = diff(other, one);
        assertThat(back.changes()).hasSameSizeAs(comparison.changes());
    }

    private Comparison diff(String one, String other) throws CharterException {
        return diff(one, HEAD + other, true);
    }

    private Comparison diff(String one, String other, boolean whole) throws CharterException {
        Side before = Side.of(bench.bundle(HEAD + one));
        return CharterDiff.between(before, Side.of(bench.bundle(whole ? other : HEAD + other)));
    }
}
