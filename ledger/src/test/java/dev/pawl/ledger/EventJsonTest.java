package dev.pawl.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    @Test
    void writesTheFormatOfTheDesign() {
        Event event = new Event(
                "01J",
                Instant.parse("2026-11-22T05:00:00.1Z"),
                "repo-fixer",
                "r-7f3a",
                "01H",
                new ProcessInfo(41, 40, "/usr/bin/ssh", List.of("ssh", "-R", "é"), "/home/dev/repo", "dev"),
                new Body.Connect("tcp", null, "203.0.113.9", 22),
                Decision.deny("default", "no-covert-channels", "not granted"));
        assertThat(text(event))
                .isEqualTo("{\"id\":\"01J\",\"time\":\"2026-11-22T05:00:00.100000Z\",\"agent\":\"repo-fixer\","
                        + "\"run\":\"r-7f3a\",\"kind\":\"connect\",\"cause\":\"01H\",\"process\":{\"pid\":41,"
                        + "\"parent\":40,\"exe\":\"/usr/bin/ssh\",\"argv\":[\"ssh\",\"-R\",\"é\"],"
                        + "\"cwd\":\"/home/dev/repo\",\"user\":\"dev\"},\"connect\":{\"transport\":\"tcp\","
                        + "\"address\":\"203.0.113.9\",\"port\":22},\"decision\":{\"verdict\":\"deny\","
                        + "\"rule\":\"default\",\"boundary\":\"no-covert-channels\",\"because\":\"not granted\","
                        + "\"by\":\"policy\"}}\n");
    }

    @Test
    void namesBodyKeysWithUnderscores() {
        assertThat(text(event(new Body.Resource(1.5, 0.25, 4096, 3))))
                .contains("\"resource\":{\"interval_seconds\":1.5,\"cpu_seconds\":0.25,\"memory_bytes\":4096,"
                        + "\"processes\":3}")
                .doesNotContain("null", "cause", "decision");
        assertThat(text(event(new Body.Control("stop", "dev", 12.5, null))))
                .contains("\"control\":{\"operation\":\"stop\",\"actor\":\"dev\",\"took_ms\":12.5}");
    }

    @Test
    void everyKindComesBackWhateverTheAgentChose() throws CharacterCodingException {
        OddEvents odd = new OddEvents(1);
        for (int i = 0; i < 7000; i++) {
            Event event = odd.next(i % OddEvents.KINDS);
            byte[] line = EventJson.encode(event);
            assertThat(EventJson.decode(line)).isEqualTo(new EventJson.Decoded(event));
            assertThat(count(line, '\n')).isEqualTo(1);
            UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(line));
        }
    }

    @Test
    void aLineShownAsItIsCommandsNoTerminal() {
        String hostile = "\u001b[2J\u009b2J\u007f\u202e\u2066\u2028 \u00e9";
        Event event = event(new Body.Dns(hostile, "A", List.of(hostile), "NXDOMAIN"));
        assertThat(text(event).strip().chars())
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == 0x2028);
        assertThat(EventJson.decode(EventJson.encode(event))).isEqualTo(new EventJson.Decoded(event));
    }

    @Test
    void passesOverUnknownKeysAndNamesUnknownKinds() {
        String known = text(event(new Body.Dns("a.example", "A", List.of(), "NOERROR")));
        String grown = known.replace("\"type\"", "\"later\":{\"x\":[1,null2]},\"type\"")
                .replace("null2", "2.5");
        assertThat(EventJson.decode(grown.getBytes(UTF_8))).isInstanceOf(EventJson.Decoded.class);
        assertThat(EventJson.decode(known.replace("dns", "quantum").getBytes(UTF_8)))
                .isEqualTo(new EventJson.Unreadable("unknown kind quantum"));
    }

    @Test
    void refusesWhatIsNoEvent() {
        String known = text(event(new Body.Connect("tcp", null, "203.0.113.9", 22)));
        for (String line : List.of(
                "",
                "null",
                "[]",
                "{}",
                known + known,
                known.replace("\"port\":22", "\"port\":\"22\""),
                known.replace("\"port\":22", "\"port\":4294967318"),
                known.replace("\"port\":22", "\"port\":22,\"port\":22"),
                known.replace("\"port\":22", "\"port\":null"),
                known.replace("00.000000Z", "later"),
                "{\"x\":" + "[".repeat(100_000),
                "{\"x\":\"" + "y".repeat(JsonObject.MAX_BYTES) + "\"}")) {
            assertThat(EventJson.decode(line.getBytes(UTF_8))).isInstanceOf(EventJson.Unreadable.class);
        }
    }

    @Test
    void aDamagedLineNeverThrows() {
        Random random = new Random(2);
        OddEvents odd = new OddEvents(3);
        int unreadable = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] line = EventJson.encode(odd.next(i % OddEvents.KINDS));
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            byte[] damaged = Arrays.copyOf(line, random.nextInt(8) == 0 ? random.nextInt(line.length) : line.length);
            if (EventJson.decode(damaged) instanceof EventJson.Unreadable(String reason)) {
                assertThat(reason).isNotBlank();
                unreadable++;
            }
        }
        assertThat(unreadable).isBetween(5_000, 19_999);
    }

    @Test
    void refusesNumbersJsonCannotSay() {
        assertThatThrownBy(() -> EventJson.encode(event(new Body.Resource(Double.NaN, 0, 0, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Event event(Body body) {
        return new Event("01J", Instant.EPOCH, "a", "r-1", null, null, body, null);
    }

    private static String text(Event event) {
        return new String(EventJson.encode(event), UTF_8);
    }

    private static int count(byte[] bytes, char wanted) {
        int count = 0;
        for (byte b : bytes) {
            count += b == wanted ? 1 : 0;
        }
        return count;
    }
}
