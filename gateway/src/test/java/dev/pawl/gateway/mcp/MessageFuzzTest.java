package dev.pawl.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Messages out of pieces that meet badly. The seed is fixed. */
class MessageFuzzTest {
    private static final int MESSAGES = 60_000;
    private static final ObjectMapper OTHER = new ObjectMapper();

    private static final List<String> MEMBERS = List.of(
            "\"jsonrpc\":\"2.0\"",
            "\"id\":1",
            "\"id\":\"1\"",
            "\"id\":null",
            "\"method\":\"tools/call\"",
            "\"method\":\"ping\"",
            "\"method\":\"notifications/x\"",
            "\"params\":{\"name\":\"a\",\"arguments\":{\"x\":\"y\"}}",
            "\"params\":{\"name\":\"a\",\"arguments\":[]}",
            "\"params\":{\"name\":\"a\",\"name\":\"b\"}",
            "\"params\":{\"arguments\":{\"x\":[{\"x\":{}}]},\"name\":\"\\u0061\"}",
            "\"result\":{\"tools\":[{\"name\":\"t\"},{\"name\":\"u\",\"x\":[]}]}",
            "\"result\":{\"tools\":{}}",
            "\"error\":{\"code\":1}",
            "\"Id\":2",
            "\"x\":\"\\ud83d\"");

    private final Random random = new Random(20_260_728);

    /** What is read as a message, another reader reads as the same; and never does reading fail or take long. */
    @Test
    void oneReadingOnly() {
        int whole = 0;
        for (int i = 0; i < MESSAGES; i++) {
            String text = text();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            flip(bytes);
            Message message = MessageReader.read(bytes, 0, bytes.length);
            if (message instanceof Message.Unreadable) {
                continue;
            }
            whole++;
            JsonNode other = other(bytes);
            switch (message) {
                case Message.Request request -> {
                    assertThat(other.path("method").stringValue()).isEqualTo(request.method());
                    assertThat(other.path("id").toString())
                            .isEqualTo(OTHER.readTree(request.id().json()).toString());
                    request.params()
                            .name()
                            .ifPresent(name -> assertThat(
                                            other.path("params").path("name").stringValue())
                                    .isEqualTo(name));
                    if (other.path("params").has("arguments")) {
                        assertThat(OTHER.readTree(request.params().call().json()))
                                .isEqualTo(other.path("params").path("arguments"));
                    }
                }
                case Message.Notification said ->
                    assertThat(other.path("method").stringValue()).isEqualTo(said.method());
                case Message.Answer answer ->
                    answer.result()
                            .tools()
                            .forEach(tool -> assertThat(OTHER.readTree(tool.json())
                                            .path("name")
                                            .stringValue())
                                    .isEqualTo(tool.name()));
                case Message.Unreadable _ -> throw new AssertionError();
            }
        }
        assertThat(whole).isGreaterThan(MESSAGES / 50);
    }

    private static JsonNode other(byte[] bytes) {
        try {
            return OTHER.readTree(bytes);
        } catch (JacksonException e) {
            throw new AssertionError(new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private String text() {
        List<String> members = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            members.add(MEMBERS.getFirst());
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            members.add(MEMBERS.get(random.nextInt(MEMBERS.size())));
        }
        String text = "{" + String.join(random.nextInt(20) == 0 ? ",\r" : ",", members) + "}";
        return switch (random.nextInt(30)) {
            case 0 -> "[" + text + "]";
            case 1 -> text + text;
            case 2 -> text.substring(0, random.nextInt(text.length()));
            case 3 -> text + "\r";
            default -> text;
        };
    }

    private void flip(byte[] bytes) {
        if (random.nextInt(3) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
    }
}
