package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BoundaryReaderTest {
    static final String FULL = """
            boundaries:
              - id: no-customer-data
                never: Read or send customer records
                because: Only the support team may, by contract
                hosts: ["*.CRM.example.com", crm.example.com]
                networks: [10.20.0.0/16, "2001:db8::1"]
                ports: [5432]
                programs: [sh, no-such-program, /opt/none/x]
                paths: {read: [/srv/customers], write: [~/exports]}
                cedar: |
                  forbid (principal, action, resource in Path::"/srv/x");

                  // and
                  forbid (principal, action, resource in Path::"/srv/y");
                drill: ["connect x.crm.example.com:443", "exec sh -c id", "mount-read ~/exports", "dial [::1]:80"]
            """;
    private static final String HEAD = "boundaries:\n  - id: b\n    never: N\n    because: B\n    ";

    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() {
        bench = Bench.in(temporary);
    }

    @Test
    void readsEveryKeyAndWhatIsNotThereStays() throws Exception {
        Charter charter = bench.load(Bench.MINIMAL + FULL);
        assertThat(charter.boundaries())
                .containsExactly(new Boundary(
                        "no-customer-data",
                        "Read or send customer records",
                        "Only the support team may, by contract",
                        new Boundary.Forbidden(
                                List.of("*.crm.example.com", "crm.example.com"),
                                List.of(Cidr.parse("10.20.0.0/16"), Cidr.parse("2001:db8::1")),
                                List.of(5432),
                                List.of(
                                        Path.of("/usr/bin/sh").toRealPath(),
                                        Path.of("/usr/bin/no-such-program"),
                                        Path.of("/opt/none/x")),
                                List.of(Path.of("/srv/customers")),
                                List.of(bench.home().resolve("exports")),
                                """
                                forbid (principal, action, resource in Path::"/srv/x");

                                // and
                                forbid (principal, action, resource in Path::"/srv/y");
                                """),
                        "",
                        List.of(
                                "connect x.crm.example.com:443",
                                "exec sh -c id",
                                "mount-read ~/exports",
                                "dial [::1]:80"),
                        ""));
        assertThat(bench.load(CharterText.render(charter))).isEqualTo(charter);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("boundaries: strict", "5:13: boundaries is \"strict\"; allowed: standard"),
                Arguments.of("boundaries: [{id: b, never: N}]", """
                        5:14: boundaries[0] has no because; it is required
                        5:14: boundaries[0] forbids nothing; give it hosts, networks, ports, programs, paths, protocols or \
                        cedar, and write what only a person can judge into purpose"""),
                Arguments.of(
                        "boundaries: [{id: No_x, never: N, because: B, ports: [1]}]",
                        "5:19: boundaries[0].id is \"No_x\"; up to 64 lower-case letters and digits, with hyphens"
                                + " between words, are allowed, such as no-customer-data"),
                Arguments.of(
                        "boundaries: [{id: zone, never: N, because: B, ports: [1]}]",
                        "5:19: boundaries[0].id is \"zone\", with which the names of other rules begin; choose another"
                                + " id, such as no-customer-data"),
                Arguments.of(
                        "boundaries: [{id: no-covert-channels, never: N, because: B, ports: [1]}]",
                        "5:19: boundaries[0].id is \"no-covert-channels\", which another boundary is called; choose"
                                + " another id"),
                Arguments.of(HEAD + "held: x\n    ports: [1]", """
                        9:5: unknown key "held" in boundaries[0]; allowed: id, never, because, hosts, networks, ports, \
                        programs, paths, protocols, cedar, drill"""),
                Arguments.of(
                        HEAD + "hosts: ['*']",
                        "9:13: boundaries[0].hosts[0] \"*\" is every host; without grants nothing is reached"),
                Arguments.of(
                        HEAD + "ports: [1, 70000]",
                        "9:16: boundaries[0].ports[1] is 70000; a whole number from 1 to 65535 is allowed"),
                Arguments.of(
                        HEAD + "programs: [a/b]",
                        "9:16: boundaries[0].programs[0] \"a/b\" is neither a name nor an absolute path; a program's"
                                + " name such as git, or its absolute path, is allowed"),
                Arguments.of(
                        HEAD + "paths: {read: [data]}",
                        "9:20: boundaries[0].paths.read[0] \"data\" is a relative path; an absolute one, or one below ~,"
                                + " is allowed"),
                Arguments.of(
                        HEAD
                                + "ports: [1]\n    drill: ['conect a:1', 'resolve', 'dial a.example:1', 'connect a.example']",
                        """
                        10:13: boundaries[0].drill[0] "conect a:1" is no drill; allowed: resolve NAME, connect HOST:PORT, \
                        udp HOST:PORT, dial ADDRESS:PORT, connect-socket PATH, request METHOD HOST:PORT /PATH, \
                        leak KIND HOST:PORT, spend PROVIDER OPERATION HOST:PORT, speak PROTOCOL HOST:PORT, tool SERVER NAME, exec PROGRAM ARGUMENTS, mount-read PATH, \
                        mount-write PATH; did you mean "connect"?
                        10:27: boundaries[0].drill[1] "resolve" is no drill; allowed: resolve NAME, connect HOST:PORT, \
                        udp HOST:PORT, dial ADDRESS:PORT, connect-socket PATH, request METHOD HOST:PORT /PATH, \
                        leak KIND HOST:PORT, spend PROVIDER OPERATION HOST:PORT, speak PROTOCOL HOST:PORT, tool SERVER NAME, exec PROGRAM ARGUMENTS, mount-read PATH, \
                        mount-write PATH; did you mean "resolve"?
                        10:38: boundaries[0].drill[2] "dial a.example:1" names a host; what is dialled is an address
                        10:58: boundaries[0].drill[3] "connect a.example" has no port from 1 to 65535; allowed: \
                        host:port, 192.0.2.1:8080 or [2001:db8::1]:8080"""),
                Arguments.of(
                        HEAD + "cedar: |\n\n        // x\n        forbid (principal, action, resource);\n"
                                + "        permit (principal, action, resource);",
                        "13:9: boundaries[0].cedar permits; a boundary only forbids"),
                Arguments.of(
                        HEAD + "cedar: |\n      forbid (principal, action,\n        resorce);",
                        "11:9: boundaries[0].cedar is no Cedar: expected 'resource', found 'resorce'"),
                Arguments.of(
                        HEAD + "cedar: 'forbid (principal);'",
                        "9:12: boundaries[0].cedar is no Cedar: expected ',', found ')' (line 1, column 18 of this text)"),
                Arguments.of(HEAD + "cedar: ''", "9:12: boundaries[0].cedar is empty; policies in Cedar are allowed"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhereWhatAndWhatIsAllowed(String lines, String expected) {
        List<String> problems = bench.problems(Bench.MINIMAL + lines + "\n");
        assertThat(problems).containsExactly(expected.split("\n"));
    }

    @Test
    void aBoundaryStandsOnce() {
        String one = "{id: b, never: N, because: B, ports: [1]}";
        assertThat(bench.problems(Bench.MINIMAL + "boundaries: [" + one + ", " + one + "]"))
                .containsExactly(
                        "5:62: boundaries[1].id is \"b\", which another boundary is called; choose another id");
    }
}
