package dev.pawl.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallReaderTest {
    private static final String GOOGLE = "/v1beta/models/gemini-3-pro:streamGenerateContent";

    private static ModelCall read(Wire wire, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(3);
        CallReader reader = new CallReader(wire, path, true);
        for (int at = 0; at < bytes.length; ) {
            int to = Math.min(bytes.length, at + 1 + random.nextInt(7));
            reader.feed(bytes, at, to);
            at = to;
        }
        return reader.end();
    }

    private static ModelCall chat(String body) {
        return read(Wire.CHAT, "/v1/chat/completions", body);
    }

    @Test
    void knowsWhatIsAskedOfAModelInAnySplit() {
        String body =
                "{\"messages\":[{\"model\":\"no\",\"max_tokens\":5}],\"model\":\"gpt-5\",\"max_completion_tokens\":99}";
        assertThat(chat(body)).isEqualTo(new ModelCall(Wire.CHAT, "gpt-5", 99, body.length()));
        String google = "{\"model\":\"no\",\"generationConfig\":{\"x\":{\"maxOutputTokens\":1},\"maxOutputTokens\":7}}";
        assertThat(read(Wire.GENAI, GOOGLE, google))
                .isEqualTo(new ModelCall(Wire.GENAI, "gemini-3-pro", 7, google.length()));
        assertThat(Wire.of("POST", "/proxy/v1/responses")).contains(Wire.RESPONSES);
        assertThat(Wire.of("POST", "/compatible-mode/v1/chat/completions/")).contains(Wire.CHAT);
        assertThat(Wire.of("GET", "/v1/messages")).isEmpty();
        assertThat(Wire.of("POST", "/v1/messages/count_tokens")).isEmpty();
    }

    @Test
    void pathsThatServersMayReadAsThoseOfModelsAreTheirs() {
        for (String path :
                new String[] {"/v1/messages;x=1", "/v1%2Fmessages", "/v1/messages/", "/V1/Messages", "/v1/messages;x/"
                }) {
            assertThat(Wire.of("POST", path)).as(path).contains(Wire.MESSAGES);
        }
        assertThat(Wire.of("POST", "/v1/completions")).contains(Wire.CHAT);
    }

    @Test
    void whoAsksForMoreThanSheSaysIsTakenAtTheMost() {
        assertThat(chat("{\"max_tokens\":5,\"max_tokens\":900,\"n\":3}").limit())
                .isEqualTo(2700);
        assertThat(chat("{\"max_tokens\":99999999999999999999999,\"n\":1e9}").limit())
                .isPositive();
        assertThat(chat("{\"model\":\"a\",\"model\":\"b\"}").model()).isEqualTo("b");
        assertThat(chat("{\"max_tokens\":-5}").limit()).isZero();
    }

    @Test
    void whatIsNoRequestAsksForNothingThatIsKnown() {
        for (String body :
                new String[] {"", "[{\"model\":\"a\"}]", "7", "nonsense", "{\"model\":", "{}{\"model\":\"a\"}"}) {
            assertThat(chat(body)).as(body).isEqualTo(new ModelCall(Wire.CHAT, "", 0, body.length()));
        }
        assertThat(chat("[".repeat(100_000)).model()).isEmpty();
    }

    @Test
    void noBytesMakeItThrow() {
        Random random = new Random(11);
        byte[] sound =
                "{\"model\":\"gpt-5\",\"generationConfig\":{\"maxOutputTokens\":7},\"n\":2,\"x\":[1,null,\"\\u00e9\"]}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 4_000; round++) {
            byte[] bytes = sound.clone();
            for (int change = random.nextInt(8); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            CallReader reader = new CallReader(List.of(Wire.CHAT, Wire.GENAI).get(round % 2), GOOGLE, true);
            int cut = random.nextInt(bytes.length);
            reader.feed(bytes, 0, cut);
            reader.feed(bytes, cut, bytes.length);
            assertThat(reader.end().limit()).isNotNegative();
        }
    }
}
