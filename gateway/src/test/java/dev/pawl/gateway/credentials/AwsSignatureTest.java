package dev.pawl.gateway.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Decision;
import dev.pawl.core.SecretGrant;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.inspect.Ruling;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures expected here are those that botocore 1.43.11 makes with the same key, time and request. */
class AwsSignatureTest {
    private static final String HOST = "example.amazonaws.com";
    private static final String ID = "AKIDEXAMPLEEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String DATE = "20150830T123600Z";
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final Credentials plain = credentials(ID + ":" + SECRET);
    private final Credentials temporary = credentials(ID + ":" + SECRET + ":TOKEN/+=");

    @Test
    void plainRequest() {
        Head head = passed(plain, signed(plain, "GET", "/", "service", "host;x-amz-date"));
        assertThat(head.header("authorization"))
                .contains("AWS4-HMAC-SHA256 Credential=" + ID
                        + "/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date,"
                        + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void withTheTokenOfTemporaryCredentials() {
        Head head = passed(
                temporary,
                signed(
                        temporary,
                        "PUT",
                        "/a%20b/c?uploads&b=2",
                        "s3",
                        "host;x-amz-content-sha256;x-amz-date",
                        new Header("X-Amz-Content-SHA256", EMPTY)));
        assertThat(head.header("x-amz-security-token")).contains("TOKEN/+=");
        assertThat(signature(head)).isEqualTo("d579cfc9a8a69c2b1133e91c46fbbdde860bbc183ec9786eadc92abfa33ea336");
    }

    @Test
    void pathsOfAllServicesButS3AreEncodedTwice() {
        Head head = passed(
                plain,
                signed(
                        plain,
                        "POST",
                        "/a%20b",
                        "lambda",
                        "host;x-amz-content-sha256;x-amz-date",
                        new Header(
                                "X-Amz-Content-SHA256",
                                "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")));
        assertThat(signature(head)).isEqualTo("78cc77b4a87f96e9dbd58fdc8d727367d5950e4efb71125040242d87fea2584c");
    }

    @Test
    void presigned() {
        String target = "/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + id(plain)
                + "%2F20150830%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=" + DATE
                + "&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature=00";
        assertThat(passed(plain, new Head("GET", "https", HOST, target, List.of()))
                        .target())
                .endsWith("&X-Amz-Signature=a181dc21b453cecf53b2735eeabcfa3229a50a5eae30845aaf643293036c5d87");
    }

    @Test
    void whatCannotBeSignedAnewIsRefused() {
        Head events = signed(
                plain,
                "PUT",
                "/k",
                "s3",
                "host;x-amz-content-sha256;x-amz-date",
                new Header("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-EVENTS"));
        Head hostless = signed(plain, "GET", "/k", "s3", "x-amz-date");
        Head noDigest = signed(
                plain, "PUT", "/k", "s3", "host;x-amz-content-sha256", new Header("x-amz-content-sha256", "none"));
        String name = "AWS4-ECDSA-P256-SHA256";
        Head asymmetric = new Head(
                "GET",
                "https",
                HOST,
                "/k",
                List.of(new Header("authorization", name + " Credential=" + id(plain) + "/20150830/s3/aws4_request")));
        Head presigned = new Head(
                "GET",
                "https",
                HOST,
                "/k?X-Amz-Algorithm=" + name + "&X-Amz-Credential=" + id(plain) + "%2F20150830%2Fs3%2Faws4_request",
                List.of());
        assertThat(refusal(events)).contains("-EVENTS", "whole, or in chunks that are not signed");
        assertThat(refusal(hostless)).contains("does not cover the host");
        assertThat(refusal(noDigest)).contains("is no digest");
        assertThat(refusal(asymmetric)).contains("SigV4a", "AWS_AUTH_SCHEME_PREFERENCE=sigv4");
        assertThat(refusal(presigned)).contains("SigV4a", "AWS_AUTH_SCHEME_PREFERENCE=sigv4");
    }

    private String refusal(Head head) {
        Ruling ruling = outgoing(plain).head(head);
        assertThat(ruling).isInstanceOf(Ruling.Refuse.class);
        Decision decision = ((Ruling.Refuse) ruling).decision();
        assertThat(decision.rule()).isEqualTo("credential-unusable");
        return decision.because();
    }

    /** By the AWS SDK for JavaScript, {@code @smithy/signature-v4}. */
    @Test
    void presignedWithTheTokenOfTemporaryCredentials() {
        String target = "/k?x-amz-content-sha256=UNSIGNED-PAYLOAD&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
                + id(temporary) + "%2F20150830%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=" + DATE
                + "&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature=00";
        assertThat(passed(temporary, new Head("GET", "https", HOST, target, List.of()))
                        .target())
                .contains("X-Amz-Security-Token=TOKEN%2F%2B%3D")
                .endsWith("&X-Amz-Signature=2bed8b2380a7355d27bc159df96aba8cc6ee0b9d0a4f5f3023054c2ce360abdb");
    }

    @ParameterizedTest
    @CsvSource({
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER, ef95f7d2c26bfd93bbbb71d2771660df7e214fe3c912ea596836ef784dec6295",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, e04493b043d9cd30a60c2d9b158492418ab50bae11efd2097e0c566ab43081dd",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, bba3021dafc41ddeac72f1ba2712c6d7099f6a9078cdf17ec6f2f56a84461f83"
    })
    void headsOfBodiesInChunks(String content, String signature) {
        Head head = signed(
                plain,
                "PUT",
                "/k",
                "s3",
                "host;x-amz-content-sha256;x-amz-date",
                new Header("x-amz-content-sha256", content));
        assertThat(signature(passed(plain, head))).isEqualTo(signature);
    }

    /** The first by botocore, the second by the AWS SDK for JavaScript. */
    @Test
    void theHeadWaitsForABodyWhoseDigestNothingSays() {
        Head sts = signed(
                plain,
                "POST",
                "/",
                "sts",
                "content-type;host;x-amz-date",
                new Header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"));
        assertThat(signature(gathered(sts, "Action=GetCallerIdentity&Version=2011-06-15")))
                .isEqualTo("650e2b8d7f08a2f752a985c427e0a3d3f4fd65137366a31875242ab0875057b5");
        Head dynamo = signed(
                plain,
                "POST",
                "/",
                "dynamodb",
                "content-type;host;x-amz-date;x-amz-target",
                new Header("Content-Type", "application/x-amz-json-1.0"),
                new Header("X-Amz-Target", "DynamoDB_20120810.ListTables"));
        assertThat(signature(gathered(dynamo, "{}")))
                .isEqualTo("8b756078226eefc8b650066db79693179e91a1da4aa4676af34fa08414937706");
    }

    private Head gathered(Head head, String body) {
        Outgoing outgoing = outgoing(plain);
        Ruling ruling = outgoing.head(head);
        assertThat(ruling).isInstanceOf(Ruling.Gather.class);
        for (byte b : body.getBytes(StandardCharsets.US_ASCII)) {
            assertThat(outgoing.body(Unpooled.wrappedBuffer(new byte[] {b}), false))
                    .isEqualTo(new Ruling.Forward(1));
        }
        assertThat(outgoing.body(Unpooled.EMPTY_BUFFER, true)).isEqualTo(new Ruling.Forward(0));
        return outgoing.whole(((Ruling.Gather) ruling).head());
    }

    @Test
    void whatWaitsIsBoundedForOneRequestAndForAll() {
        List<Outgoing> waiting = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Outgoing outgoing = outgoing(plain);
            assertThat(outgoing.head(signed(plain, "POST", "/", "ec2", "host;x-amz-date")))
                    .isInstanceOf(Ruling.Gather.class);
            Class<?> expected = i < 8 ? Ruling.Forward.class : Ruling.Refuse.class;
            assertThat(outgoing.body(Unpooled.wrappedBuffer(new byte[Room.MOST]), false))
                    .isInstanceOf(expected);
            waiting.add(outgoing);
        }
        assertThat(waiting.getFirst().body(Unpooled.wrappedBuffer(new byte[1]), false))
                .isInstanceOf(Ruling.Refuse.class);
        waiting.getFirst().over();
        assertThat(waiting.getLast().body(Unpooled.wrappedBuffer(new byte[Room.MOST]), false))
                .isInstanceOf(Ruling.Forward.class);
    }

    @Test
    void aGetWithABodyOfUnknownDigestIsRefused() {
        Outgoing outgoing = outgoing(plain);
        assertThat(outgoing.head(signed(plain, "GET", "/", "ec2", "host;x-amz-date")))
                .isInstanceOf(Ruling.Pass.class);
        assertThat(outgoing.body(Unpooled.wrappedBuffer(new byte[] {1}), true)).isInstanceOf(Ruling.Refuse.class);
    }

    @Test
    void theStandInOfTheSecretHalfIsNeverSent() {
        String half = plain.environment().getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        assertThat(half).hasSize(40).isNotEqualTo(SECRET);
        Head head = new Head("GET", "https", HOST, "/?s=" + half, List.of());
        assertThat(outgoing(plain).head(head)).isInstanceOf(Ruling.Refuse.class);
    }

    private static Head signed(
            Credentials credentials, String method, String target, String service, String headers, Header... more) {
        List<Header> all = new ArrayList<>(List.of(more));
        all.add(new Header("X-Amz-Date", DATE));
        all.add(new Header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + id(credentials) + "/20150830/us-east-1/" + service
                        + "/aws4_request, SignedHeaders=" + headers + ", Signature=00"));
        return new Head(method, "https", HOST, target, all);
    }

    private static String signature(Head head) {
        String field = head.header("authorization").orElse("");
        return field.substring(field.lastIndexOf('=') + 1);
    }

    private static Head passed(Credentials credentials, Head head) {
        Ruling ruling = outgoing(credentials).head(head);
        assertThat(ruling).isInstanceOf(Ruling.Pass.class);
        return ((Ruling.Pass) ruling).head();
    }

    private static Outgoing outgoing(Credentials credentials) {
        return credentials.outgoing().open(CredentialsTest.passage(HOST, 443), "f1");
    }

    private static String id(Credentials credentials) {
        return credentials.environment().getOrDefault("AWS_ACCESS_KEY_ID", "");
    }

    private static Credentials credentials(String value) {
        SecretGrant grant = new SecretGrant(
                "secrets[0]",
                "aws",
                new SecretGrant.Source.Env("X"),
                HOST,
                443,
                "AWS_ACCESS_KEY_ID",
                new SecretGrant.Place.AwsSigV4());
        return Credentials.of(Map.of(grant, new Secret(value)), new SecureRandom());
    }
}
