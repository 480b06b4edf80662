package dev.pawl.gateway.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Key, request and signatures are those of the two examples in Amazon's API reference for S3: 66,560 letters {@code a} in
 * chunks of 64 KiB, without trailers and with one.
 */
class AwsChunksTest {
    private static final AwsKey KEY =
            new AwsKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Optional.empty());
    private static final String ZEROS = "0".repeat(64);
    private static final Pattern SIGNATURE = Pattern.compile("signature[=:]([0-9a-f]{64})");

    private static AwsChunks chunks(boolean trailers) {
        AwsSigner signer = new AwsSigner(KEY, "20130524T000000Z", "20130524/us-east-1/s3/aws4_request");
        return new AwsChunks(
                signer,
                trailers
                        ? "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"
                        : "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
                trailers);
    }

    private static String chunk(String size, String content) {
        return size + ";chunk-signature=" + ZEROS + "\r\n" + content;
    }

    private static String body(boolean trailers) {
        return chunk("10000", "a".repeat(65536) + "\r\n") + chunk("400", "a".repeat(1024) + "\r\n") + chunk("0", "")
                + (trailers ? "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:" + ZEROS + "\r\n" : "")
                + "\r\n";
    }

    private static String signed(AwsChunks chunks, String body, int longest) throws AwsSignature.Unusable {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += longest) {
            out.writeBytes(chunks.take(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + longest))));
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 65_536, 4_096, 511})
    void signsEachChunkHoweverItComes(int longest) throws AwsSignature.Unusable {
        AwsChunks chunks = chunks(false);
        String out = signed(chunks, body(false), longest);
        assertThat(SIGNATURE.matcher(out).results().map(found -> found.group(1)))
                .containsExactly(
                        "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                        "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                        "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
        assertThat(SIGNATURE.matcher(out).replaceAll(found -> found.group().charAt(9) + ZEROS))
                .isEqualTo(SIGNATURE
                        .matcher(body(false))
                        .replaceAll(found -> found.group().charAt(9) + ZEROS));
        assertThat(out).hasSameSizeAs(body(false));
        assertThat(chunks.whole()).isTrue();
    }

    @Test
    void signsTrailers() throws AwsSignature.Unusable {
        AwsChunks chunks = chunks(true);
        String out = signed(chunks, body(true), 1000);
        assertThat(SIGNATURE.matcher(out).results().map(found -> found.group(1)))
                .containsExactly(
                        "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                        "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                        "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
                        "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435");
        assertThat(out).hasSameSizeAs(body(true));
        assertThat(chunks.whole()).isTrue();
    }

    @Test
    void whatIsNotInSignedChunksIsRefused() {
        for (String body : new String[] {
            "3\r\nabc\r\n",
            chunk("3", "abcd\r\n"),
            chunk("-3", "abc\r\n"),
            chunk("fffffff", ""),
            chunk("3", "abc\r\n") + chunk("0", "\r\n") + "more",
            chunk("0", "x-amz-checksum-crc32c:sOO8/Q==\r\n\r\n"),
            "3;chunk-signature=short\r\nabc\r\n",
            "x".repeat(200)
        }) {
            assertThatThrownBy(() -> signed(chunks(false), body, 7)).as(body).isInstanceOf(AwsSignature.Unusable.class);
        }
        assertThatThrownBy(() -> signed(chunks(true), body(false), 100)).isInstanceOf(AwsSignature.Unusable.class);
    }

    @Test
    void aBodyThatIsNotWholeIsKnown() throws AwsSignature.Unusable {
        AwsChunks chunks = chunks(false);
        signed(chunks, chunk("3", "abc\r\n"), 100);
        assertThat(chunks.whole()).isFalse();
    }

    @Test
    void whateverIsSentNothingElseIsThrownAndNothingIsAdded() {
        Random random = new Random(5);
        String sample = chunk("3", "abc\r\n") + chunk("0", "x-a:b\r\nx-amz-trailer-signature:" + ZEROS + "\r\n\r\n");
        for (int round = 0; round < 5_000; round++) {
            StringBuilder body = new StringBuilder(sample);
            for (int change = random.nextInt(4); change > 0; change--) {
                body.setCharAt(random.nextInt(body.length()), (char) random.nextInt(256));
            }
            int longest = 1 + random.nextInt(80);
            assertThatCode(() -> {
                        try {
                            assertThat(signed(chunks(true), body.toString(), longest))
                                    .hasSizeLessThanOrEqualTo(body.length());
                        } catch (AwsSignature.Unusable refused) {
                            assertThat(refused.reason).isNotEmpty();
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }
}
