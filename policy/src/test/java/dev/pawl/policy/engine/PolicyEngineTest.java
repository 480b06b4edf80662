package dev.pawl.policy.engine;

import static dev.pawl.policy.Attempts.datagram;
import static dev.pawl.policy.Attempts.named;
import static dev.pawl.policy.Attempts.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.policy.Bench;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyEngineTest {
    static final String NETWORK = """
            network:
              allow:
                - host: "*.example.com"
                - host: api.example.com
                  protocol: tcp
                - host: plain.example
                  port: 80
                - host: "*.deep.example.com"
                  protocol: tcp
              addresses:
                - cidr: 10.0.0.0/8
                  port: 5432
                - cidr: 10.1.0.0/16
                  port: 5432
                  protocol: tls
                - cidr: 2001:db8::/32
                  port: 22
                - cidr: 169.254.169.254
                  port: 8080
            """;

    @TempDir
    Path temporary;

    Optional<PolicyEngine> engine = Optional.empty();

    @BeforeEach
    void load() throws Exception {
        engine = Optional.of(PolicyEngine.of(Bench.in(temporary).bundle(Bench.MINIMAL + NETWORK)));
    }

    Decision decide(Attempt attempt) {
        return engine.orElseThrow().decide(attempt);
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.com, network.allow[0]",
        "a.b.example.com, network.allow[0]",
        "api.example.com, network.allow[1]",
        "plain.example, network.allow[2]",
        "x.deep.example.com, network.allow[3]",
        "deep.example.com, network.allow[0]",
    })
    void resolvesGrantedNamesByTheMostExactGrant(String name, String rule) {
        Decision decision = decide(new Attempt.Resolve(name, "A"));
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.rule()).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "badexample.com",
                ".example.com",
                "example.com.evil.example",
                "x.plain.example",
                "evil.example",
                "",
                "a.example.com.",
                "A.EXAMPLE.COM",
                "*.example.org",
                "com"
            })
    void resolvesNothingElse(String name) {
        Decision decision = decide(new Attempt.Resolve(name, "TXT"));
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.DENY);
        assertThat(decision.rule()).isEqualTo("default");
        assertThat(decision.boundary()).isEqualTo("no-covert-channels");
        assertThat(decision.by()).isEqualTo("policy");
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.com, 443, network.allow[0], TLS",
        "api.example.com, 443, network.allow[1], TCP",
        "plain.example, 80, network.allow[2], HTTP",
        "x.deep.example.com, 443, network.allow[3], TCP",
    })
    void connectsToGrantedHosts(String host, int port, String rule, Protocol protocol) {
        Decision decision = decide(named(host, port));
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(engine.orElseThrow().termsOf(rule).map(Terms::protocol)).contains(protocol);
    }

    @Test
    void aGrantIsForItsPortAlone() {
        Decision decision = decide(named("a.example.com", 22));
        assertThat(decision)
                .isEqualTo(Decision.deny(
                        "default", "no-covert-channels", "a.example.com is granted on port 443, not on 22"));
        assertThat(decide(named("plain.example", 443)).allowed()).isFalse();
        assertThat(decide(named("evil.example", 443)))
                .isEqualTo(Decision.deny("default", "no-covert-channels", "no grant covers evil.example on port 443"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.2.3.4, 5432, network.addresses[0], TCP",
        "10.1.2.3, 5432, network.addresses[1], TLS",
        "::ffff:10.2.3.4, 5432, network.addresses[0], TCP",
        "2001:db8::5, 22, network.addresses[2], TCP",
    })
    void connectsToGrantedAddresses(String address, int port, String rule, Protocol protocol) {
        Decision decision = decide(raw(address, port));
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(engine.orElseThrow().termsOf(rule).map(Terms::protocol)).contains(protocol);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 22, private-address, no-lateral-movement",
        "192.168.1.1, 80, private-address, no-lateral-movement",
        "172.16.0.1, 443, private-address, no-lateral-movement",
        "100.64.0.1, 443, private-address, no-lateral-movement",
        "169.254.0.1, 80, private-address, no-lateral-movement",
        "fe80::1, 80, private-address, no-lateral-movement",
        "fd12::1, 80, private-address, no-lateral-movement",
        "0.0.0.0, 80, private-address, no-lateral-movement",
        "64:ff9b::7f00:1, 80, private-address, no-lateral-movement",
        "2002:7f00:1::1, 80, private-address, no-lateral-movement",
        "::7f00:1, 80, private-address, no-lateral-movement",
        "169.254.169.254, 8080, no-credential-hunting.networks, no-credential-hunting",
        "169.254.169.254, 80, no-credential-hunting.networks, no-credential-hunting",
        "::ffff:169.254.169.254, 80, no-credential-hunting.networks, no-credential-hunting",
        "64:ff9b::a9fe:a9fe, 80, no-credential-hunting.networks, no-credential-hunting",
        "fd00:ec2::254, 80, no-credential-hunting.networks, no-credential-hunting",
        "100.100.100.200, 80, no-credential-hunting.networks, no-credential-hunting",
        "198.18.0.7, 443, private-address, no-lateral-movement",
        "203.0.113.9, 443, default, no-covert-channels",
        "2001:db8::5, 443, default, no-covert-channels",
        "64:ff9b::cb00:7109, 443, default, no-covert-channels",
    })
    void deniesOtherAddressesByWhatTheyAre(String address, int port, String rule, String boundary) {
        Decision decision = decide(raw(address, port));
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.DENY);
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.boundary()).isEqualTo(boundary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "127.255.255.255", "::1", "::ffff:127.0.0.1"})
    void loopbackStaysInside(String address) {
        assertThat(decide(raw(address, 1)).rule()).isEqualTo("sandbox-loopback");
        assertThat(decide(raw(address, 1)).allowed()).isTrue();
        assertThat(decide(datagram(address, 53)).rule()).isEqualTo("sandbox-loopback");
        assertThat(decide(datagram(address, 53)).allowed()).isTrue();
        assertThat(engine.orElseThrow().termsOf("sandbox-loopback").map(Terms::protocol))
                .isEmpty();
    }

    @Test
    void aMappedAddressThatJavaKeptLongIsTheAddressInside() throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        bytes[12] = 10;
        bytes[15] = 1;
        InetAddress mapped = Inet6Address.getByAddress(null, bytes, -1);
        assertThat(decide(new Attempt.Connect(Attempt.Transport.TCP, Optional.empty(), mapped, 5432))
                        .rule())
                .isEqualTo("network.addresses[0]");
        assertThat(decide(new Attempt.Connect(Attempt.Transport.TCP, Optional.empty(), mapped, 22))
                        .boundary())
                .isEqualTo("no-lateral-movement");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.2.3.4",
                "203.0.113.9",
                "169.254.169.254",
                "198.18.0.1",
                "2001:db8::5",
                "0.0.0.0",
                "224.0.0.251"
            })
    void datagramsNeverLeave(String address) {
        for (int port : List.of(22, 53, 443, 5432, 8080)) {
            Decision decision = decide(datagram(address, port));
            assertThat(decision.verdict()).isEqualTo(Decision.Verdict.DENY);
            assertThat(decision.rule()).isEqualTo("udp");
        }
        assertThat(decide(new Attempt.Connect(
                                Attempt.Transport.UDP,
                                Optional.of("a.example.com"),
                                InetAddress.ofLiteral("198.18.0.1"),
                                443))
                        .allowed())
                .isFalse();
    }

    @Test
    void socketsOfTheHostAreOutOfReach() {
        assertThat(decide(new Attempt.LocalConnect("/tmp/x", true)).rule()).isEqualTo("sandbox-socket");
        Decision decision = decide(new Attempt.LocalConnect("\u0000\u001b[2Jdocker", false));
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.DENY);
        assertThat(decision.rule()).isEqualTo("host-socket");
        assertThat(decision.boundary()).isEqualTo("no-lateral-movement");
        assertThat(decision.because().chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void programsMayStart() {
        ProcessInfo program = new ProcessInfo(2, 1, "/bin/sh", List.of("sh"), "/", "ada");
        assertThat(decide(new Attempt.Exec(program, program.exe())).rule()).isEqualTo("exec");
    }

    @Test
    void withoutGrantsNothingIsReached() throws Exception {
        PolicyEngine none = PolicyEngine.of(Bench.in(temporary).bundle(Bench.MINIMAL));
        assertThat(none.decide(new Attempt.Resolve("example.com", "A")).allowed())
                .isFalse();
        assertThat(none.decide(named("example.com", 443)).allowed()).isFalse();
        assertThat(none.decide(raw("203.0.113.9", 443)).allowed()).isFalse();
        assertThat(none.termsOf("network.allow[0]").map(Terms::protocol)).isEmpty();
    }
}
