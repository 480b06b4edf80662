package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision.Verdict;
import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.core.RequestRule;
import dev.pawl.core.SecretGrant;
import dev.pawl.policy.engine.PolicyEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grants whose requests are read, and secrets. */
class InspectionReaderTest {
    private static final String GRANT = """
            network:
              allow:
                - host: api.example.com
                  requests:
                    - GET /repos/**
                    - "POST /repos/*/issues"
                    - {request: "DELETE /**", ask: "deleting cannot be taken back"}
                  upload: 1MiB
                - {host: api.example.com, port: 8443, inspect: true, leaks: ask}
            """;

    private static final String SECRET = """
            secrets:
              - {name: hub, env: TOKEN, host: api.example.com, place: bearer}
              - {name: key, command: [printenv, K], host: api.example.com, port: 8443, as: KEY, place: header X-Api-Key}
            """;

    @TempDir
    Path directory;

    @Test
    void readsRequestsAndWritesThemAgain() throws Exception {
        Charter charter = load(GRANT + SECRET);
        Inspection first = charter.network().allow().getFirst().inspection().orElseThrow();
        assertThat(first)
                .isEqualTo(new Inspection(
                        List.of(
                                rule(0, "GET", List.of("repos"), true, Optional.empty()),
                                rule(1, "POST", List.of("repos", "*", "issues"), false, Optional.empty()),
                                rule(2, "DELETE", List.of(), true, Optional.of("deleting cannot be taken back"))),
                        OptionalLong.of(1 << 20),
                        Leaks.BLOCK));
        assertThat(charter.secrets())
                .extracting(SecretGrant::as, SecretGrant::place)
                .containsExactly(
                        tuple("TOKEN", new SecretGrant.Place.Bearer()),
                        tuple("KEY", new SecretGrant.Place.Header("x-api-key")));
        assertThat(loadWhole(CharterText.render(charter))).isEqualTo(charter);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 443, /repos, ALLOW",
        "GET, 443, /repos/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r, ALLOW",
        "GET, 443, /, DENY",
        "get, 443, /repos/a, DENY",
        "HEAD, 443, /repos/a, DENY",
        "POST, 443, /repos/a/issues, ALLOW",
        "POST, 443, /repos/a/b/issues, DENY",
        "POST, 443, /repos/a/issues/, DENY",
        "DELETE, 443, /repos, ASK",
        "DELETE, 443, /, ASK",
        "DELETE, 443, *, DENY",
        "POST, 8443, /anything, ALLOW",
        "GET, 80, /repos/a, DENY",
    })
    void decidesRequestsOfTheirPort(String method, int port, String path, Verdict verdict) throws Exception {
        PolicyEngine engine = PolicyEngine.of(new PolicyBundle(load(GRANT), Organization.NONE, List.of()));
        assertThat(engine.decide(new Attempt.Request("api.example.com", port, method, path))
                        .verdict())
                .isEqualTo(verdict);
        assertThat(engine.decide(new Attempt.Request("other.example.com", port, method, path))
                        .verdict())
                .isEqualTo(Verdict.DENY);
    }

    @Test
    void forbidsByAPolicyOfOnesOwn() throws Exception {
        PolicyFile file = new PolicyFile("own.cedar", """
                @id("no-admin")
                forbid (principal, action == Action::"request", resource)
                when { context.segments has "1" && context.segments["1"] == "repos" && context.method == "GET" };
                """);
        PolicyEngine engine = PolicyEngine.of(new PolicyBundle(load(GRANT), Organization.NONE, List.of(file)));
        assertThat(engine.decide(new Attempt.Request("api.example.com", 443, "GET", "/repos/a"))
                        .rule())
                .isEqualTo("no-admin");
    }

    @Test
    void saysWhichLineWouldGrantARequest() throws Exception {
        PolicyEngine engine = PolicyEngine.of(new PolicyBundle(load(GRANT), Organization.NONE, List.of()));
        Attempt put = new Attempt.Request("api.example.com", 443, "PUT", "/repos/a*");
        assertThat(Advice.lineFor(put, engine.decide(put)).orElseThrow()).isEqualTo("""
                network:
                  allow:
                    - host: api.example.com
                      requests: ["PUT /repos/a\\\\*"]""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "requests: [GET]|is no method and path",
                "requests: [get /a]|begins with no method",
                "requests: [GET a]|does not begin with a slash",
                "requests: [\"GET /a/**/b\"]|has ** in the middle",
                "requests: [GET /a//b]|has an empty segment",
                "requests: [GET /a/../b]|has the segment ..",
                "requests: [\"GET /a?b=c\"]|has a query",
                "requests: [\"GET /a%20b\"]|has a percent sign",
                "requests: []|is an empty list",
                "requests: [GET /a, GET /a]|a second time",
                "inspect: false, upload: 1KiB|stands beside inspect: false",
                "inspect: maybe|true or false is allowed",
                "protocol: tcp, inspect: true|needs protocol tls or http",
                "leaks: blok|did you mean \"block\"?",
                "inspekt: true|did you mean \"inspect\"?",
            })
    void saysWhatIsWrongWithAGrant(String keys, String message) {
        assertThatThrownBy(() -> load("network: {allow: [{host: api.example.com, " + keys + "}]}"))
                .isInstanceOf(CharterException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: a, env: T, host: other.example.com, place: bearer|no grant with inspect: true covers it on port 443",
                "name: a, env: T, host: api.example.com, port: 80, place: bearer|readable to anyone",
                "name: a, env: T, host: \"*.example.com\", place: bearer|is a pattern",
                "name: a, env: T, file: x, host: api.example.com, place: bearer|says 2 times where the value is read",
                "name: a, host: api.example.com, place: bearer|says nowhere where the value is read",
                "name: a, file: pawl.yaml, as: T, host: api.example.com, place: bearer|which the agent can read",
                "name: a, env: HOME, host: api.example.com, place: bearer|which env.pass hands to the agent",
                "name: a, command: [none-such], as: T, host: api.example.com, place: bearer|no such program",
                "name: a, env: T, host: api.example.com, place: beare|did you mean \"bearer\"?",
                "name: a, env: T, host: api.example.com, place: header Host|allowed: bearer",
                "name: ghp_SECRET, env: T, host: api.example.com, place: bearer|is no name",
            })
    void saysWhatIsWrongWithASecret(String keys, String message) {
        assertThatThrownBy(() -> load("""
                        network:
                          allow:
                            - {host: api.example.com, inspect: true}
                            - {host: api.example.com, port: 80, inspect: true}
                        env: {pass: [HOME]}
                        secrets: [{%s}]
                        """.formatted(keys)))
                .isInstanceOf(CharterException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("ghp_SECRET");
    }

    private static RequestRule rule(
            int number, String method, List<String> segments, boolean more, Optional<String> ask) {
        return new RequestRule("network.allow[0].requests[" + number + "]", method, segments, more, ask);
    }

    private Charter load(String rest) throws CharterException {
        return loadWhole(Bench.MINIMAL + rest);
    }

    private Charter loadWhole(String text) throws CharterException {
        return Bench.in(directory).load(text);
    }
}
