package dev.pawl.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static Message read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return MessageReader.read(bytes, 0, bytes.length);
    }

    @Test
    void readsACall() {
        Message message = read("""
                {"params":{"arguments":{"path":"/a\\u0062","n":1.50,"list":[1, {"x":"]"}],"no":null},"name":"r",\
                "_meta":{"a":1},"task":{}},"id":"7","jsonrpc":"2.0","method":"tools/call","more":[{}]}""");
        assertThat(message).isInstanceOfSatisfying(Message.Request.class, request -> {
            assertThat(request.id()).isEqualTo(new Id("s7", "\"7\""));
            assertThat(request.method()).isEqualTo("tools/call");
            assertThat(request.params().name()).contains("r");
            assertThat(request.params().call().json())
                    .isEqualTo("{\"path\":\"/a\\u0062\",\"n\":1.50,\"list\":[1, {\"x\":\"]\"}],\"no\":null}");
            assertThat(request.params().call().named())
                    .isEqualTo(Map.of("path", "/ab", "n", "1.50", "list", "[1, {\"x\":\"]\"}]", "no", "null"));
            assertThat(request.params().named()).containsOnlyKeys("arguments", "name", "task");
        });
    }

    @Test
    void readsAnswers() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"content\":[],\"isError\":true}}"))
                .isEqualTo(new Message.Answer(
                        new Id("n3", "3"), new Message.Result(Optional.empty(), true, java.util.List.of())));
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"message\":\"m\",\"code\":-32602}}"))
                .isInstanceOfSatisfying(
                        Message.Answer.class,
                        answer -> assertThat(answer.result().outcome()).isEqualTo("error -32602"));
    }

    @Test
    void findsToolsInAList() {
        String text =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[ {\"name\":\"ä\",\"d\":\"}\"} ,{\"name\":\"b\"}]}}";
        assertThat(read(text)).isInstanceOfSatisfying(Message.Answer.class, answer -> {
            assertThat(answer.result().tools()).extracting(Message.Listed::name).containsExactly("ä", "b");
            assertThat(answer.result().tools())
                    .allSatisfy(tool ->
                            assertThat(text.substring(tool.from(), tool.to())).isEqualTo(tool.json()));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}] | batches are not spoken",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/call\"} | one way only",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"Method\":\"tools/call\"} | letters that some servers",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"param\\u017f\":{}} | letters that some servers",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":{\"b\":1,\"b\":2}}} | one way only",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":1,\"\\u0061\":2}} | one way only",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"NAME\":\"b\"}} | letters",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {\"jsonrpc\":\"2.0\"} | more than one JSON value",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"result\":{}} | neither a request nor an answer",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}} | a result and an error",
                "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"a\"}} | has no id",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | its id is neither",
                "{\"jsonrpc\":\"2.0\",\"id\":1.0,\"method\":\"ping\"} | its id is neither",
                "{\"jsonrpc\":\"2.0\",\"id\":1e3,\"method\":\"ping\"} | its id is neither",
                "{\"jsonrpc\":\"2.0\",\"id\":9007199254740993,\"method\":\"ping\"} | its id is neither",
                "{\"jsonrpc\":\"2.0\",\"id\":-0,\"method\":\"ping\"} | its id is neither",
                "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"ping\"} | its id is neither",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"} | does not say jsonrpc 2.0",
                "{\"id\":1,\"method\":\"ping\"} | does not say jsonrpc 2.0",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]} | its params are no object",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7} | its method is no text",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"p\\ud800\"} | half a character",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",} | one way only",
                "{\"jsonrpc\":\"2.0\",\"id\":01,\"method\":\"ping\"} | one way only",
                "{\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"ping\"} | one way only",
                "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} | one way only",
                "/**/{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} | one way only",
                "7 | no JSON object"
            })
    void refusesWhatTwoReadersTakeForTwoThings(String text, String reason) {
        assertThat(read(text))
                .as(text)
                .isInstanceOfSatisfying(
                        Message.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).contains(reason));
    }

    /** A server in Python that reads lines of text ends one at each of these, and would read the second as a message. */
    @Test
    void aCarriageReturnStandsOnlyAtTheEnd() {
        String inner = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}";
        String outer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\r" + inner + "\r}}";
        assertThat(read(outer)).isInstanceOf(Message.Unreadable.class);
        assertThat(read(outer.replace("\r", "") + "\r")).isInstanceOf(Message.Request.class);
    }

    @Test
    void bytesThatAreNoUtf8AreNoMessage() {
        byte[] overlong = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"p__ng\"}".getBytes(StandardCharsets.US_ASCII);
        int at = new String(overlong, StandardCharsets.US_ASCII).indexOf("__");
        overlong[at] = (byte) 0xc1;
        overlong[at + 1] = (byte) 0xa9;
        assertThat(MessageReader.read(overlong, 0, overlong.length))
                .isEqualTo(new Message.Unreadable(Optional.empty(), "it is no UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 100_000, 2_000_000})
    void depthIsBounded(int depth) {
        String text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":" + "[".repeat(depth)
                + "]".repeat(depth) + "}}";
        assertThat(read(text)).isInstanceOf(Message.Unreadable.class);
    }
}
