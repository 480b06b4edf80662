package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Boundary;
import dev.pawl.core.Cidr;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Protocol;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrganizationReaderTest {
    static final String FULL = """
            organization: Example Corp
            zones:
              - id: production
                because: Customers notice
                boundary: no-covert-channels
                networks: [10.10.0.0/16]
                hosts: ["*.prod.example.com"]
                paths: [/srv/prod, ~/prod]
                agents: [deployer]
              - {id: payroll, because: Nobody's business, hosts: [pay.example.com]}
            grants:
              network:
                allow: [{host: pypi.example.com}]
                addresses: [{cidr: 10.1.0.0/16, port: 5432}]
              commands: [{program: sh, arguments: ["-c *"]}]
              files: {read: [~/shared]}
              env: {pass: [HTTP_TOKEN]}
            boundaries:
              add:
                - {id: no-crm, never: Read it, because: It is theirs, hosts: [crm.example.com]}
              lift:
                - {boundary: no-credential-hunting, agents: [auditor], because: It audits them}
            limits: {wall: 8h, cpu: 1h, memory: 4GiB, processes: 1024, egress: 1GiB, tmp: 1GiB, hosts: ["*.example.com"]}
            approvers: [{user: dana}, {group: ops}]
            """;

    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() throws Exception {
        bench = Bench.in(temporary);
        Files.createDirectories(bench.home().resolve("shared"));
    }

    @Test
    void readsEveryKey() throws Exception {
        assertThat(read(FULL))
                .isEqualTo(new Organization(
                        "Example Corp",
                        List.of(
                                new Zone(
                                        "production",
                                        "Customers notice",
                                        "no-covert-channels",
                                        List.of(Cidr.parse("10.10.0.0/16")),
                                        List.of("*.prod.example.com"),
                                        List.of(
                                                Path.of("/srv/prod"),
                                                bench.home().resolve("prod")),
                                        List.of("deployer")),
                                new Zone(
                                        "payroll",
                                        "Nobody's business",
                                        "no-lateral-movement",
                                        List.of(),
                                        List.of("pay.example.com"),
                                        List.of(),
                                        List.of())),
                        new DefaultGrants(
                                List.of(new HostGrant(
                                        "organization.grants.network.allow[0]", "pypi.example.com", 443, Protocol.TLS)),
                                List.of(new AddressGrant(
                                        "organization.grants.network.addresses[0]",
                                        Cidr.parse("10.1.0.0/16"),
                                        5432,
                                        Protocol.TCP)),
                                List.of(new CommandGrant(
                                        "organization.grants.commands[0]",
                                        Path.of("/usr/bin/sh").toRealPath(),
                                        List.of(new CommandGrant.Arguments(List.of("-c", "*"), false)))),
                                List.of(bench.home().resolve("shared")),
                                List.of("HTTP_TOKEN")),
                        List.of(new Boundary(
                                "no-crm",
                                "Read it",
                                "It is theirs",
                                new Boundary.Forbidden(
                                        List.of("crm.example.com"),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        ""),
                                "",
                                List.of(),
                                "")),
                        List.of(new Lift("no-credential-hunting", List.of("auditor"), "It audits them")),
                        new Limits(
                                Optional.of(Duration.ofHours(8)),
                                Optional.of(Duration.ofHours(1)),
                                Optional.of(4L << 30),
                                Optional.of(1024),
                                Optional.of(1L << 30),
                                Optional.of(1L << 30),
                                Optional.of(List.of("*.example.com"))),
                        List.of(new Approver.User("dana"), new Approver.Group("ops")),
                        List.of(),
                        "org.yaml"));
    }

    @Test
    void onlyTheNameIsRequired() throws Exception {
        Organization organization = read("organization: X\n");
        assertThat(organization)
                .isEqualTo(new Organization(
                        "X",
                        List.of(),
                        DefaultGrants.NONE,
                        List.of(),
                        List.of(),
                        Limits.NONE,
                        List.of(),
                        List.of(),
                        "org.yaml"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "- a",
                        "1:1: the organisation file is a list; a mapping with these keys is allowed:"
                                + " organization, zones, grants, boundaries, limits, approvers"),
                Arguments.of("", "1:1: the organisation file is empty; it needs organization"),
                Arguments.of("zones: []", "1:1: the organisation file has no organization; it is required"),
                Arguments.of(
                        "organization: X\nzonse: []",
                        "2:1: unknown key \"zonse\"; allowed: organization, zones,"
                                + " grants, boundaries, limits, approvers; did you mean \"zones\"?"),
                line("zones: [{id: a, because: B}]", "2:9: zones[0] holds nothing; give it networks, hosts or paths"),
                line(
                        "zones: [{id: a, because: B, hosts: [x]}, {id: a, because: B, hosts: [y]}]",
                        "2:47: zones[1].id is \"a\", which another zone is called; choose another id"),
                line(
                        "zones: [{id: a, because: B, hosts: [x], boundary: no-lateral-movment}]",
                        "2:51: zones[0].boundary is \"no-lateral-movment\", and no boundary has that id; known: KNOWN;"
                                + " did you mean \"no-lateral-movement\"?"),
                line(
                        "zones: [{id: a, because: B, paths: [srv]}]",
                        "2:37: zones[0].paths[0] \"srv\" is a relative path; an absolute one, or one below ~, is"
                                + " allowed"),
                line(
                        "zones: [{id: a, because: B, hosts: [x], agents: [Bob]}]",
                        "2:50: zones[0].agents[0] is \"Bob\"; 1 to 64 of the characters a-z, 0-9, dot, _ and - are"
                                + " allowed, a letter or digit first; did you mean \"bob\"?"),
                line(
                        "boundaries: {lift: [{boundary: no-such, agents: [a], because: B}]}",
                        "2:32: boundaries.lift[0].boundary is \"no-such\", and no boundary has that id; known: KNOWN"),
                line(
                        "boundaries: {lift: [{boundary: no-covert-channels}]}",
                        "2:21: boundaries.lift[0] has no agents; it is required\n"
                                + "2:21: boundaries.lift[0] has no because; it is required"),
                line(
                        "grants: {network: {route: []}}",
                        "2:20: unknown key \"route\" in grants.network; allowed: allow, addresses"),
                line(
                        "grants: {files: {read: [data]}}",
                        "2:25: grants.files.read[0] is a relative path; an absolute one, or one below ~, is allowed"),
                line("grants: {files: {write: [/opt]}}", "2:18: unknown key \"write\" in grants.files; allowed: read"),
                line(
                        "grants: {network: {allow: [{host: a.example}]}}\nlimits: {hosts: ['*.example.com']}",
                        "2:35: grants.network.allow[0].host is a.example; this file allows only *.example.com"),
                line(
                        "limits: {processes: 0}",
                        "2:21: limits.processes is 0; a whole number from 1 to 1000000 is allowed"),
                line(
                        "approvers: [{user: dana, group: ops}]",
                        "2:13: approvers[0] has to name one user or one group: write {user: dana} or {group: ops}"),
                line(
                        "approvers: []",
                        "2:12: approvers is an empty list, so nobody could answer; leave the key out for who holds a"
                                + " run, and root"),
                line(
                        "approvers: [{user: a b}]",
                        "2:20: approvers[0].user is \"a b\"; the name of an account or group of this machine is"
                                + " allowed"));
    }

    private static Arguments line(String line, String expected) {
        return Arguments.of("organization: X\n" + line, expected);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhereWhatAndWhatIsAllowed(String yaml, String expected) {
        String known = String.join(
                ", ",
                StandardBoundaries.all(bench.surroundings()).stream()
                        .map(Boundary::id)
                        .toList());
        assertThat(problems(yaml.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(expected.replace("KNOWN", known).split("\n"));
    }

    @Test
    void anyTextIsAnOrganisationOrAListOfProblems() {
        int read = 0;
        for (int seed = 0; seed < 1500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(FULL);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                int cut = random.nextInt(Math.min(10, text.length() - at));
                text.replace(at, at + cut, random.nextBoolean() ? "" : "[{:, -'\"~".substring(random.nextInt(10)));
            }
            read += problems(text.toString().getBytes(StandardCharsets.UTF_8)).isEmpty() ? 1 : 0;
        }
        assertThat(read).isBetween(10, 1000);
    }

    private Organization read(String yaml) throws CharterException {
        return read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private Organization read(byte[] bytes) throws CharterException {
        return new OrganizationReader(new Problems("org.yaml", Document.ORGANIZATION), bench.surroundings())
                .read("org.yaml", bytes, List.of());
    }

    private List<String> problems(byte[] bytes) {
        try {
            read(bytes);
            return List.of();
        } catch (CharterException e) {
            return e.problems().stream()
                    .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
                    .toList();
        }
    }
}
