package dev.pawl.gateway.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.SecretGrant;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.inspect.Ruling;
import dev.pawl.gateway.leak.LeakDesk;
import dev.pawl.gateway.leak.scan.MarkedFiles;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever looks for leaks lets a stand-in go to its own place, however much it looks like a secret. */
class BesideLeaksTest {
    private static final String HOST = "api.example.com";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
                "sk-ant-api03-0123456789abcdefghij0123456789abcdefghij0123456789abcdefghij0123456789abcdefghij01234567AA",
                "sk-proj-0123456789abcdefghijABCDEFGHIJ0123456789",
                "xoxb-123456789012-123456789012-abcdefghijABCDEFGHIJ0123",
                "a value of no known shape",
            })
    void standInPassesAtItsHostAndNowhereElse(String value) {
        SecretGrant grant = new SecretGrant(
                "secrets[0]",
                "hub",
                new SecretGrant.Source.Env("T"),
                HOST,
                443,
                "TOKEN",
                new SecretGrant.Place.Bearer());
        Credentials credentials = Credentials.of(Map.of(grant, new Secret(value)), new SecureRandom());
        LeakDesk leaks = new LeakDesk();
        leaks.mark(credentials.markers(), MarkedFiles.none());
        String standIn = credentials.environment().getOrDefault("TOKEN", "");
        Head head = new Head("GET", "https", HOST, "/", List.of(new Header("Authorization", "Bearer " + standIn)));
        assertThat(open(leaks, HOST).head(head)).isEqualTo(new Ruling.Pass(head));
        assertThat(open(leaks, "other.example.com").head(head)).isInstanceOf(Ruling.Refuse.class);
    }

    private static Outgoing open(LeakDesk leaks, String host) {
        return leaks.open(CredentialsTest.passage(host, 443), "f1");
    }
}
