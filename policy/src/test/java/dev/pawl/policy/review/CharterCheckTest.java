package dev.pawl.policy.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pawl.policy.Bench;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of one charter: what never works, what adds nothing, what is not held, and what the agent may do. */
final class CharterCheckTest {
    private static final String HEAD = "agent: fixer\nowner: {name: Ada}\npurpose: Fix tests\nworkspace: work\n";

    @TempDir
    private Path temporary;

    private Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() throws IOException {
        bench = Bench.in(temporary);
        Files.createDirectories(bench.project().resolve("work"));
        Files.createDirectories(bench.project().resolve("policies"));
        Files.createDirectories(bench.project().resolve("records/old"));
        Files.createDirectories(bench.home().resolve(".config/autostart"));
        Files.createDirectories(bench.system());
    }

    @Test
    void theTable() throws CharterException {
        CheckReport report = check("""
                network:
                  allow: [{host: "*.example.com"}, {host: a.crm.example.com, port: 8443, protocol: tcp}]
                  addresses: [{cidr: 203.0.113.0/24, port: 22}]
                commands: [{program: /usr/bin/env, arguments: ["", "-i **"]}]
                """ + boundary("", ""));
        String work = bench.project().resolve("work").toString();
        assertThat(report.permissions())
                .startsWith(
                        new Permission(
                                "connect",
                                "*.example.com",
                                "443",
                                "tls",
                                "network.allow[0]",
                                "in part: no-customer-data"),
                        new Permission(
                                "connect", "a.crm.example.com", "8443", "tcp", "network.allow[1]", "no-customer-data"),
                        new Permission("connect, dial", "203.0.113.0/24", "22", "tcp", "network.addresses[0]", ""),
                        new Permission("exec", "/usr/bin/env", "\"\" | -i **", "", "commands[0]", "no-customer-data"),
                        new Permission("mount-write", work, "", "", "workspace", ""))
                .extracting(Permission::rule)
                .endsWith("sandbox-loopback", "sandbox-socket", "open-address");
    }

    @Test
    void requestsThatChangeNothing() throws CharterException {
        CheckReport report = check("""
                network:
                  allow:
                    - host: a.example
                      upload: 1MiB
                      requests: ["GET /a/**", "GET /a/b/*", {request: "GET /a/c", ask: true}, "GET /"]
                    - host: b.example
                      upload: 1MiB
                      requests: ["* /x/*", "POST /x/y", {request: "DELETE /**", ask: true}, "DELETE /z"]
                """);
        assertThat(report.warnings())
                .extracting(Warning::rule, Warning::message)
                .containsExactlyInAnyOrder(
                        tuple(
                                "network.allow[0].requests[1]",
                                "\"GET /a/b/*\" adds nothing: other requests of the grant cover it"),
                        tuple(
                                "network.allow[0].requests[2]",
                                "\"GET /a/c\" never asks: other requests of the grant cover it unasked"),
                        tuple(
                                "network.allow[0].upload",
                                "limits bodies, and only GET and HEAD are granted, which have none"),
                        tuple(
                                "network.allow[1].requests[1]",
                                "\"POST /x/y\" adds nothing: other requests of the grant cover it"));
    }

    @Test
    void whatIsGrantedAndNeverWorks() throws CharterException, IOException {
        Files.writeString(bench.system().resolve("organization.yaml"), """
                organization: Example
                zones:
                  - {id: production, because: Customers notice, hosts: ["*.prod.example.com"], agents: [deployer]}
                """);
        CheckReport report = check("""
                network:
                  allow: [{host: a.crm.example.com}, {host: a.prod.example.com}, {host: b.example.com}]
                  addresses: [{cidr: 10.20.1.0/24, port: 22}]
                """ + boundary("", ""));
        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings())
                .containsExactly(
                        new Warning(
                                "network.allow[0]",
                                "a.crm.example.com 443 is granted and never works: no-customer-data refuses it (rule"
                                        + " no-customer-data.hosts); this charter's own boundary would have to let it"
                                        + " through"),
                        new Warning(
                                "network.allow[1]",
                                "a.prod.example.com 443 is granted and never works: no-lateral-movement refuses it (rule"
                                        + " zone.production); the organisation would have to name fixer among the agents"
                                        + " of its zone production"),
                        new Warning(
                                "network.addresses[0]",
                                "10.20.1.0/24 22 is granted and never works: no-customer-data refuses it (rule"
                                        + " no-customer-data.networks); this charter's own boundary would have to let it"
                                        + " through"),
                        new Warning(
                                "boundaries[0]",
                                "no-customer-data has no drill, so nothing shows that it holds; name an attempt it"
                                        + " refuses"));
    }

    @Test
    void aPathThatMayNotBeShownIsAnError() throws CharterException {
        String records = bench.project().resolve("records").toString();
        CheckReport report = check("files: {read: [../records/old]}\n" + boundary(records, "mount-read " + records));
        assertThat(report.errors())
                .containsExactly(new Warning(
                        "files.read[0]",
                        records + "/old keeps every run from starting: no-customer-data refuses it (rule"
                                + " no-customer-data.read); this charter's own boundary would have to let it through"));
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void drillsAreTriedOnTheBoundaryAlone() throws CharterException {
        CheckReport report = check("network: {allow: [{host: crm.example.com}]}\n"
                + boundary(
                        "",
                        "resolve a.crm.example.com, connect crm.example.com:443, connect 10.20.0.1:22,"
                                + " \"udp 10.20.0.1:9\", dial 10.21.0.1:22, \"exec env -i\", connect a.example:5432"));
        assertThat(report.errors())
                .containsExactly(
                        new Warning(
                                "boundaries[0].drill[1]",
                                "no-customer-data does not refuse \"connect crm.example.com:443\", which"
                                        + " network.allow[0] allows"),
                        new Warning(
                                "boundaries[0].drill[4]",
                                "no-customer-data does not refuse \"dial 10.21.0.1:22\"; that it is denied is due to"
                                        + " no-lateral-movement"));
    }

    @Test
    void whatAddsNothing() throws CharterException {
        CheckReport report = check("""
                files: {read: [work, ../records/old, ../records], write: []}
                network:
                  allow:
                    - {host: "*.example.com"}
                    - {host: a.example.com}
                    - {host: b.example.com, protocol: tcp}
                    - {host: "*.b.example.com"}
                  addresses:
                    - {cidr: 203.0.113.0/25, port: 22}
                    - {cidr: 203.0.113.128/25, port: 22}
                    - {cidr: 203.0.113.0/24, port: 22}
                    - {cidr: 203.0.113.0/24, port: 24}
                commands: [{program: /usr/bin/env, arguments: ["log *", "log --oneline", "log **", "log **"]}]
                """.replace("read: [work,", "read: ["));
        assertThat(report.warnings())
                .extracting(warning -> warning.rule() + ": " + warning.message())
                .containsExactly(
                        "network.allow[1]: a.example.com:443 tls adds nothing: network.allow[0] already grants it",
                        "network.allow[3]: *.b.example.com:443 tls adds nothing: network.allow[0] already grants it",
                        "network.addresses[0]: 203.0.113.0/25 port 22 tcp adds nothing: network.addresses[2] already"
                                + " grants it",
                        "network.addresses[1]: 203.0.113.128/25 port 22 tcp adds nothing: network.addresses[2] already"
                                + " grants it",
                        "network.addresses[2]: 203.0.113.0/24 port 22 tcp adds nothing: network.addresses[0],"
                                + " network.addresses[1] already grants it",
                        "commands[0].arguments[0]: \"log *\" adds nothing: other patterns for /usr/bin/env cover it",
                        "commands[0].arguments[1]: \"log --oneline\" adds nothing: other patterns for /usr/bin/env cover"
                                + " it",
                        "commands[0].arguments[3]: \"log **\" adds nothing: other patterns for /usr/bin/env cover it",
                        "files.read[0]: " + bench.project() + "/records/old adds nothing: " + bench.project()
                                + "/records is shown with all below it");
    }

    @Test
    void whatNeverAsks() throws CharterException, IOException {
        Files.writeString(bench.system().resolve("organization.yaml"), """
                organization: Example
                grants:
                  network:
                    allow: [{host: a.example.com, protocol: tcp, ask: true}, {host: b.example, ask: true}]
                    addresses: [{cidr: 203.0.113.0/24, port: 22, ask: true}]
                  commands: [{program: /usr/bin/env, ask: true}]
                """);
        CheckReport report = check("""
                network:
                  allow:
                    - {host: "*.example.com"}
                    - {host: "*.b.example", ask: x}
                    - {host: a.b.example, ask: x}
                    - {host: c.b.example, ask: z}
                  addresses:
                    - {cidr: 203.0.113.0/25, port: 22}
                    - {cidr: 203.0.113.128/25, port: 22}
                    - {cidr: 203.0.113.0/26, port: 22, ask: x}
                commands:
                  - {program: /usr/bin/env, arguments: ["log **", ""]}
                  - {program: /usr/bin/env, arguments: ["log --oneline", "-i **", "-i a"], ask: x}
                """);
        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings())
                .extracting(warning -> warning.rule() + ": " + warning.message())
                .containsExactly(
                        "network.allow[2]: a.b.example:443 tls asking \"x\" adds nothing: network.allow[1] already grants"
                                + " it",
                        "organization.grants.network.allow[0]: never asks: network.allow[0] already grants all of it"
                                + " without a question",
                        "network.addresses[2]: never asks: network.addresses[0] already grants all of it without a"
                                + " question",
                        "organization.grants.network.addresses[0]: never asks: network.addresses[0],"
                                + " network.addresses[1] already grants all of it without a question",
                        "commands[1].arguments[0]: \"log --oneline\" never asks: other patterns for /usr/bin/env grant it"
                                + " without a question",
                        "commands[1].arguments[2]: \"-i a\" adds nothing: other patterns for /usr/bin/env cover it");
        assertThat(report.permissions())
                .contains(
                        new Permission("connect", "*.b.example", "443 (asks)", "tls", "network.allow[1]", ""),
                        new Permission(
                                "exec", "/usr/bin/env", "log --oneline | -i ** | -i a (asks)", "", "commands[1]", ""));
    }

    @Test
    void whatAsksWorksUnlessItIsForbidden() throws CharterException {
        CheckReport report = check("""
                network:
                  allow: [{host: a.crm.example.com, ask: true}, {host: b.example.com, ask: true}]
                  addresses: [{cidr: 10.30.0.0/16, port: 443, ask: true}]
                  route: [{host: b.example.com, to: "10.30.0.9:443"}]
                """ + boundary("", "resolve a.crm.example.com, connect 10.30.0.1:443"));
        assertThat(report.warnings()).extracting(Warning::rule).containsExactly("network.allow[0]");
        assertThat(report.errors())
                .extracting(Warning::message)
                .containsExactly("no-customer-data does not refuse \"connect 10.30.0.1:443\", which"
                        + " network.addresses[0] asks a person about");
    }

    @Test
    void aPermitThatAsksWhereNobodyCanBeAsked() throws CharterException, IOException {
        Files.writeString(bench.project().resolve("policies/site.cedar"), """
                @id("shown") @ask permit (principal, action in Action::"files", resource in Path::"/srv");
                @id("fine") @ask permit (principal, action, resource is Host);
                """);
        CheckReport report = check("");
        assertThat(report.warnings())
                .containsExactly(new Warning(
                        "shown",
                        "never permits anything: it asks a person, and what is shown is decided before a run, when"
                                + " nobody can be asked"));
        assertThat(report.permissions())
                .extracting(Permission::rule, Permission::detail)
                .contains(tuple("fine", "(asks)"));
    }

    @Test
    void routesNobodyUses() throws CharterException {
        CheckReport report = check("""
                network:
                  allow: [{host: a.crm.example.com}, {host: b.example.com}]
                  route: [{host: a.crm.example.com, to: "192.0.2.1:9"}, {host: b.example.com, to: "10.20.0.9:443"}]
                """ + boundary("", "resolve a.crm.example.com"));
        assertThat(report.warnings())
                .filteredOn(warning -> warning.rule().equals("network.route"))
                .extracting(Warning::message)
                .containsExactlyInAnyOrder(
                        "nobody uses the route of a.crm.example.com: the agent may not connect to it",
                        "the route of b.example.com leads to 10.20.0.9:443, which no-customer-data refuses (rule"
                                + " no-customer-data.networks); this charter's own boundary would have to let it through");
    }

    @Test
    void policiesAboutNobody() throws CharterException, IOException {
        Files.writeString(bench.project().resolve("policies/site.cedar"), """
                @id("other") permit (principal == Agent::"mailer", action, resource);
                @id("organisation") forbid (principal in Organization::"Example", action, resource);
                @id("zone") forbid (principal, action, resource in Zone::"production");
                @id("fine") forbid (principal == Agent::"fixer", action, resource is Host in Domain::"example.net");
                """);
        assertThat(check("").warnings())
                .containsExactly(
                        new Warning(
                                "other",
                                "never permits anything: it is about the agent mailer, and this charter's is fixer"),
                        new Warning(
                                "organisation",
                                "never forbids anything: it is about agents of Example, and there is no organisation"
                                        + " file"),
                        new Warning("zone", "never forbids anything: there is no zone production"));
    }

    @Test
    void secretsAndStartPlaces() throws CharterException {
        CheckReport report = check("""
                env:
                  set:
                    API_TOKEN: 0123456789abcdef
                    TOKEN_FILE: /run/secrets/token
                    REMOTE: https://ada:hunter2@example.com/x
                    PLAIN: ghp_0123456789abcdefghij
                    AUTHOR: Ada
                    MODE: fast
                files: {write: [~/.config/autostart, ../records]}
                """);
        assertThat(report.warnings())
                .extracting(Warning::rule)
                .containsExactly("env.set.API_TOKEN", "env.set.PLAIN", "env.set.REMOTE", "files.write[0]");
        assertThat(report.warnings())
                .extracting(Warning::message)
                .noneMatch(text -> text.contains("0123") || text.contains("hunter"));
        Surroundings own = bench.surroundings();
        Surroundings path = new Surroundings(
                own.home(),
                own.pawlHome(),
                own.directory(),
                own.user(),
                Map.of("PATH", "relative::" + bench.project().resolve("records/old")),
                own.system());
        assertThat(CharterCheck.of(Side.of(bench.bundle(HEAD + "files: {write: [../records]}")), path)
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("records/old, from where"));
    }

    @Test
    void limitsOnModelsThatAreNeverReached() throws CharterException {
        CheckReport report = check("""
                budget: {model: {tokens: [5M/hour, 2M/day, 9M/month], calls: [5/run, 1/day], money: [1 USD/hour, 2 USD/day]}}
                """);
        assertThat(report.warnings())
                .containsExactly(
                        new Warning(
                                "budget.model",
                                "no grant is inspected, so no call of a model is counted; add inspect: true to the model's host"),
                        new Warning("budget.model.tokens", "5M/hour is never reached: 2M/day is spent before"));
    }

    private static String boundary(String read, String drill) {
        return """
                boundaries:
                  - id: no-customer-data
                    never: Read or send customer records
                    because: Only the support team may
                    hosts: ["*.crm.example.com"]
                    networks: [10.20.0.0/16]
                    ports: [5432]
                    programs: [/usr/bin/env]
                """
                + (read.isEmpty() ? "" : "    paths: {read: [" + read + "]}\n")
                + (drill.isEmpty() ? "" : "    drill: [" + drill + "]\n");
    }

    private CheckReport check(String rest) throws CharterException {
        return CharterCheck.of(Side.of(bench.bundle(HEAD + rest)), bench.surroundings());
    }
}
