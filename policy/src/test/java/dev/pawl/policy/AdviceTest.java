package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.ProcessInfo;
import java.nio.file.Path;
import java.util.List;
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
                GrantsTest.named("api.example.com", 443),
                GrantsTest.named("api.example.com", 80),
                GrantsTest.named("api.example.com", 22),
                GrantsTest.raw("203.0.113.9", 443),
                GrantsTest.raw("10.0.0.1", 5432),
                GrantsTest.raw("::ffff:10.0.0.1", 5432),
                GrantsTest.raw("2001:db8::1", 22),
                GrantsTest.raw("fe80::1", 22),
                GrantsTest.raw("169.254.169.254", 80),
                GrantsTest.raw("64:ff9b::7f00:1", 80));
    }

    @ParameterizedTest
    @MethodSource("grantable")
    void itsLinesGrantWhatWasDenied(Attempt attempt) throws Exception {
        Bench bench = Bench.in(temporary);
        assertThat(new Grants(bench.load(Bench.MINIMAL)).decide(attempt).allowed())
                .isFalse();
        String lines = Advice.lineFor(attempt).orElseThrow();
        assertThat(new Grants(bench.load(Bench.MINIMAL + lines + "\n"))
                        .decide(attempt)
                        .allowed())
                .isTrue();
    }

    @Test
    void readsLikeThis() {
        assertThat(Advice.lineFor(GrantsTest.named("git.example", 22))).contains("""
                        network:
                          allow:
                            - host: git.example
                              port: 22
                              protocol: tcp # any bytes; tls or http if it is that""");
        assertThat(Advice.lineFor(GrantsTest.raw("169.254.169.254", 80))).contains("""
                        # careful: this hands the agent the credentials of the machine itself
                        network:
                          addresses:
                            - cidr: "169.254.169.254"
                              port: 80""");
    }

    static Stream<Attempt> ungrantable() {
        return Stream.of(
                new Attempt.LocalConnect("/run/docker.sock", false),
                GrantsTest.datagram("203.0.113.9", 443),
                GrantsTest.raw("0.0.0.0", 80),
                GrantsTest.raw("198.18.0.1", 80),
                GrantsTest.raw("203.0.113.9", 0),
                GrantsTest.named("api.example.com", 0),
                new Attempt.Resolve("10.0.0.1", "A"));
    }

    @ParameterizedTest
    @MethodSource("ungrantable")
    void saysWhyNoLineHelps(Attempt attempt) {
        assertThat(Advice.lineFor(attempt).orElseThrow())
                .startsWith("# no line can grant this: ")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "evil\nagent: x", "\"", "*", "*.com", "\u001b[2J", "a: b", "-", "0x7f.1", "a..b", "#"
            })
    void namesAnAgentMadeUpCannotWriteIntoACharter(String name) {
        assertThat(Advice.lineFor(new Attempt.Resolve(name, "A")).orElseThrow())
                .startsWith("# no line can grant this: ")
                .matches(text -> text.chars().noneMatch(Character::isISOControl));
    }

    @Test
    void whatIsAllowedNeedsNoAdvice() {
        assertThat(Advice.lineFor(new Attempt.LocalConnect("/tmp/x", true))).isEmpty();
        assertThat(Advice.lineFor(GrantsTest.raw("127.0.0.1", 80))).isEmpty();
        assertThat(Advice.lineFor(new Attempt.Exec(new ProcessInfo(2, 1, "/bin/sh", List.of(), "/", "ada"), "/bin/sh")))
                .isEmpty();
    }
}
