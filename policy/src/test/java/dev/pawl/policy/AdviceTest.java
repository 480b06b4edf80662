package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.policy.engine.PolicyEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceTest {
    @TempDir
    Path temporary;

    static Stream<Attempt> grantable() {
        return Stream.of(
                new Attempt.Resolve("api.example.com", "A"),
                new Attempt.Resolve("xn--bcher-kva.example", "AAAA"),
                new Attempt.Resolve("_svc.example", "A"),
                Attempts.named("api.example.com", 443),
                Attempts.named("api.example.com", 80),
                Attempts.named("api.example.com", 22),
                Attempts.raw("203.0.113.9", 443),
                Attempts.raw("10.0.0.1", 5432),
                Attempts.raw("::ffff:10.0.0.1", 5432),
                Attempts.raw("2001:db8::1", 22),
                Attempts.raw("fe80::1", 22),
                Attempts.exec("/usr/bin/git"),
                Attempts.exec("/usr/bin/git", "log", "--oneline", "a*b", "", "c d", "\\*", "**"),
                Attempts.exec(
                        "/usr/bin/git",
                        "1",
                        "2",
                        "3",
                        "4",
                        "5",
                        "6",
                        "7",
                        "8",
                        "9",
                        "10",
                        "11",
                        "12",
                        "13",
                        "14",
                        "15",
                        "16"),
                Attempts.raw("64:ff9b::7f00:1", 80));
    }

    @ParameterizedTest
    @MethodSource("grantable")
    void itsLinesGrantWhatWasDenied(Attempt attempt) throws Exception {
        Bench bench = Bench.in(temporary);
        boolean exec = attempt instanceof Attempt.Exec;
        Decision denial = PolicyEngine.of(bench.bundle(Bench.MINIMAL + (exec ? "commands: []\n" : "")))
                .decide(attempt);
        assertThat(denial.allowed()).isFalse();
        String lines = Advice.lineFor(attempt, denial).orElseThrow();
        assertThat(PolicyEngine.of(bench.bundle(Bench.MINIMAL + lines + "\n"))
                        .decide(attempt)
                        .allowed())
                .isTrue();
    }

    @Test
    void readsLikeThis() {
        assertThat(advice(Attempts.named("git.example", 22))).contains("""
                        network:
                          allow:
                            - host: git.example
                              port: 22
                              protocol: tcp # any bytes; tls or http if it is that""");
        assertThat(advice(Attempts.exec("/usr/bin/git", "log", "-1"))).contains("""
                        commands:
                          - program: /usr/bin/git
                            arguments: [log -1]""");
    }

    static Stream<Attempt> ungrantable() {
        return Stream.of(
                new Attempt.LocalConnect("/run/docker.sock", false),
                Attempts.datagram("203.0.113.9", 443),
                Attempts.raw("169.254.169.254", 80),
                Attempts.exec(""),
                Attempts.raw("0.0.0.0", 80),
                Attempts.raw("198.18.0.1", 80),
                Attempts.raw("203.0.113.9", 0),
                Attempts.named("api.example.com", 0),
                new Attempt.Resolve("10.0.0.1", "A"));
    }

    @ParameterizedTest
    @MethodSource("ungrantable")
    void saysWhyNoLineHelps(Attempt attempt) {
        assertThat(advice(attempt).orElseThrow())
                .startsWith("# no line can grant this: ")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "evil\nagent: x", "\"", "*", "*.com", "\u001b[2J", "a: b", "-", "0x7f.1", "a..b", "#"
            })
    void namesAnAgentMadeUpCannotWriteIntoACharter(String name) {
        assertThat(advice(new Attempt.Resolve(name, "A")).orElseThrow())
                .startsWith("# no line can grant this: ")
                .matches(text -> text.chars().noneMatch(Character::isISOControl));
    }

    @Test
    void whatABoundaryForbidsNoLineGrants() {
        Decision denial = Decision.deny("no-crm.hosts", "no-crm", "it is theirs");
        assertThat(Advice.lineFor(Attempts.named("crm.example.com", 443), denial))
                .contains("# no line can grant this: the boundary no-crm forbids it, whatever a charter grants (rule"
                        + " no-crm.hosts)");
    }

    @Test
    void whatIsNotAboutGrantsGetsNoAdvice() {
        Attempt attempt = Attempts.named("a.example.com", 443);
        for (String rule : List.of("policy-error", "unresolved", "budget.egress", "gateway-closed", "not-ready")) {
            assertThat(Advice.lineFor(attempt, Decision.deny(rule, null, "so"))).isEmpty();
        }
        assertThat(Advice.lineFor(attempt, Decision.deny("private-address", "no-lateral-movement", "so")))
                .hasValueSatisfying(advice -> assertThat(advice).contains("network.addresses"));
    }

    private static Optional<String> advice(Attempt attempt) {
        return Advice.lineFor(attempt, Decision.deny("default", null, "no grant"));
    }
}
