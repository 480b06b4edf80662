package dev.pawl.gateway.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Inspection;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Protocol;
import dev.pawl.core.SecretGrant;
import dev.pawl.core.SecretGrant.Place;
import dev.pawl.core.Terms;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Ruling;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stand-ins become values in their own place, and nowhere else. */
class CredentialsTest {
    private static final String HOST = "api.example.com";
    private static final String VALUE = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "token ", "Token "})
    void bearer(String scheme) {
        Credentials credentials = credentials(new Place.Bearer(), VALUE);
        assertThat(passed(credentials, head("authorization", scheme + standIn(credentials)))
                        .header("Authorization"))
                .contains(scheme + VALUE);
    }

    @Test
    void eitherHalfOfBasic() {
        Credentials credentials = credentials(new Place.Basic(), VALUE);
        String standIn = standIn(credentials);
        assertThat(passed(credentials, head("Authorization", basic("x:" + standIn)))
                        .header("authorization"))
                .contains(basic("x:" + VALUE));
        assertThat(passed(credentials, head("Authorization", basic(standIn + ":x-oauth-basic")))
                        .header("authorization"))
                .contains(basic(VALUE + ":x-oauth-basic"));
    }

    @Test
    void aHeaderInAnyCase() {
        Credentials credentials = credentials(new Place.Header("x-api-key"), VALUE);
        assertThat(passed(credentials, head("X-Api-Key", standIn(credentials))).headers())
                .containsExactly(new Header("X-Api-Key", VALUE), new Header("accept-encoding", "identity"));
    }

    @Test
    void aParameter() {
        Credentials credentials = credentials(new Place.Query("key"), "a b/c&d=e+f%20g");
        Head head = new Head("GET", "https", HOST, "/x?a=1&key=" + standIn(credentials) + "&b=%2F", List.of());
        assertThat(passed(credentials, head).target()).isEqualTo("/x?a=1&key=a%20b%2Fc%26d%3De%2Bf%2520g&b=%2F");
    }

    @Test
    void whatHasNoStandInStaysAsItIs() {
        Credentials credentials = credentials(new Place.Bearer(), VALUE);
        Head head = head("Authorization", "Bearer of-the-agents-own");
        assertThat(passed(credentials, head)).isEqualTo(head);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Other, %s",
        "Authorization, Digest %s",
        "Authorization, Bearer x%s",
        "Cookie, a=%s",
        "x%s, y",
        "Authorization, 'Bearer %s, x'",
        "Referer, https://evil.example/?q=%s",
    })
    void anywhereElseIsRefused(String name, String value) {
        Credentials credentials = credentials(new Place.Bearer(), VALUE);
        String standIn = standIn(credentials);
        Head head = head(name.formatted(standIn), value.formatted(standIn));
        assertRefused(credentials, HOST, 443, head);
    }

    @Test
    void inPathQueryCodingsAndTwiceIsRefused() {
        Credentials credentials = credentials(new Place.Bearer(), VALUE);
        String standIn = standIn(credentials);
        String escaped = "%" + Integer.toHexString(standIn.charAt(0)) + standIn.substring(1);
        for (String target :
                List.of("/" + standIn, "/?q=" + standIn, "/" + escaped, "/?q=" + escaped.replace("%", "%25"))) {
            assertRefused(credentials, HOST, 443, new Head("GET", "https", HOST, target, List.of()));
        }
        assertRefused(credentials, HOST, 443, head("X-Other", basic("a:" + standIn)));
        Header twice = new Header("Authorization", "Bearer " + standIn);
        assertRefused(credentials, HOST, 443, new Head("GET", "https", HOST, "/", List.of(twice, twice)));
    }

    @Test
    void otherHostsPortsSchemesAndTraceAreRefused() {
        Credentials credentials = credentials(new Place.Bearer(), VALUE);
        Head head = head("Authorization", "Bearer " + standIn(credentials));
        assertRefused(credentials, "other.example.com", 443, head);
        assertRefused(credentials, HOST, 8443, head);
        assertRefused(credentials, HOST, 443, new Head("GET", "http", HOST, "/", head.headers()));
        assertRefused(credentials, HOST, 443, new Head("TRACE", "https", HOST, "/", head.headers()));
    }

    @Test
    void standInsHaveTheShapeOfTheirValueAndDifferEachTime() {
        String one = standIn(credentials(new Place.Bearer(), VALUE));
        String other = standIn(credentials(new Place.Bearer(), VALUE));
        assertThat(one).matches("ghp_[A-Za-z0-9]{36}").isNotEqualTo(other).isNotEqualTo(VALUE);
        assertThat(standIn(credentials(new Place.Bearer(), "a secret of no shape")))
                .matches("pawl-[0-9a-f]{40}");
    }

    @Test
    void nothingSaysAValue() {
        Credentials credentials = credentials(new Place.Bearer(), VALUE);
        assertThat(credentials + " " + credentials.markers() + " " + new Secret(VALUE))
                .doesNotContain(VALUE);
        assertThatThrownBy(() -> new Secret("short")).hasMessageNotContaining("short");
        assertThatThrownBy(() -> new Secret(VALUE + "\n")).hasMessageNotContaining(VALUE);
        assertThatThrownBy(() -> credentials(new Place.AwsSigV4(), VALUE)).hasMessageNotContaining(VALUE);
    }

    private static void assertRefused(Credentials credentials, String host, int port, Head head) {
        Ruling ruling = credentials.outgoing().open(passage(host, port), "f1").head(head);
        assertThat(ruling).isInstanceOf(Ruling.Refuse.class);
        Decision decision = ((Ruling.Refuse) ruling).decision();
        assertThat(decision.rule()).isEqualTo("placeholder-misused");
        assertThat(decision.because()).doesNotContain(VALUE).doesNotContain(standIn(credentials));
    }

    private static Head passed(Credentials credentials, Head head) {
        Ruling ruling = credentials.outgoing().open(passage(HOST, 443), "f1").head(head);
        assertThat(ruling).isInstanceOf(Ruling.Pass.class);
        return ((Ruling.Pass) ruling).head();
    }

    private static Credentials credentials(Place place, String value) {
        SecretGrant grant =
                new SecretGrant("secrets[0]", "hub", new SecretGrant.Source.Env("T"), HOST, 443, "TOKEN", place);
        return Credentials.of(Map.of(grant, new Secret(value)), new SecureRandom());
    }

    private static String standIn(Credentials credentials) {
        return credentials.environment().getOrDefault("TOKEN", "");
    }

    private static Head head(String name, String value) {
        return new Head("GET", "https", HOST, "/x", List.of(new Header(name, value)));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Egress.Passage passage(String host, int port) {
        return new Egress.Passage(
                new Attempt.Connect(
                        Attempt.Transport.TCP, Optional.of(host), InetAddress.ofLiteral("198.18.0.1"), port),
                new Terms(Protocol.TLS, Optional.of(Inspection.ANY)),
                new ProcessInfo(2, 1, "/bin/x", List.of("x"), "/", "u"),
                new Monitor.Judged(Decision.allow("test", "test"), "cause-1"),
                Optional.empty());
    }
}
