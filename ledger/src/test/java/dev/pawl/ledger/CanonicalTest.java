package dev.pawl.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.verify.EntryBundle;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 8785: its appendix B for numbers, its section 3.2 for texts and order. */
class CanonicalTest {
    private static final Map<Long, String> APPENDIX_B = Map.ofEntries(
            Map.entry(0x0000000000000000L, "0"),
            Map.entry(0x8000000000000000L, "0"),
            Map.entry(0x0000000000000001L, "5e-324"),
            Map.entry(0x8000000000000001L, "-5e-324"),
            Map.entry(0x7fefffffffffffffL, "1.7976931348623157e+308"),
            Map.entry(0xffefffffffffffffL, "-1.7976931348623157e+308"),
            Map.entry(0x4340000000000000L, "9007199254740992"),
            Map.entry(0xc340000000000000L, "-9007199254740992"),
            Map.entry(0x4430000000000000L, "295147905179352830000"),
            Map.entry(0x44b52d02c7e14af5L, "9.999999999999997e+22"),
            Map.entry(0x44b52d02c7e14af6L, "1e+23"),
            Map.entry(0x44b52d02c7e14af7L, "1.0000000000000001e+23"),
            Map.entry(0x444b1ae4d6e2ef4eL, "999999999999999700000"),
            Map.entry(0x444b1ae4d6e2ef4fL, "999999999999999900000"),
            Map.entry(0x444b1ae4d6e2ef50L, "1e+21"),
            Map.entry(0x3eb0c6f7a0b5ed8cL, "9.999999999999997e-7"),
            Map.entry(0x3eb0c6f7a0b5ed8dL, "0.000001"),
            Map.entry(0x41b3de4355555553L, "333333333.3333332"),
            Map.entry(0x41b3de4355555554L, "333333333.33333325"),
            Map.entry(0x41b3de4355555555L, "333333333.3333333"),
            Map.entry(0x41b3de4355555556L, "333333333.3333334"),
            Map.entry(0x41b3de4355555557L, "333333333.33333343"),
            Map.entry(0xbecbf647612f3696L, "-0.0000033333333333333333"),
            Map.entry(0x43143ff3c1cb0959L, "1424953923781206.2"));

    @Test
    void numbers() {
        APPENDIX_B.forEach((bits, text) ->
                assertThat(EcmaNumber.text(Double.longBitsToDouble(bits))).isEqualTo(text));
        assertThatThrownBy(() -> EcmaNumber.text(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(EcmaNumber.text(Long.MAX_VALUE)).isEqualTo("9223372036854776000");
        assertThat(EcmaNumber.text(-12L)).isEqualTo("-12");
    }

    @Test
    void numbersReadBackAndAreNeverLongerThanJavas() {
        Random random = new Random(8785);
        for (int i = 0; i < 200_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = EcmaNumber.text(value);
                assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0 : value);
                assertThat(text).matches("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?(e[+-][1-9][0-9]*)?");
            }
        }
    }

    @Test
    void textsAndOrder() {
        CanonicalOut out = new CanonicalOut();
        out.text("\u20ac", "Euro Sign")
                .text("\r", "Carriage Return")
                .text("\ufb33", "Hebrew Letter Dalet With Dagesh")
                .number("1", 1)
                .text("\ud83d\ude00", "Emoji: Grinning Face")
                .text("\u0080", "Control")
                .text("\u00f6", "\u20ac$\u000f\nA'B\"\\\\\"/")
                .begin("o")
                .flag("z", true)
                .texts("a", List.of("\ud800", "\b\t\f"))
                .end();
        assertThat(new String(out.object(), UTF_8))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":1,\"o\":{\"a\":[\"\ufffd\",\"\\b\\t\\f\"],\"z\":true},"
                        + "\"\u0080\":\"Control\",\"\u00f6\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\","
                        + "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void eventsOfEveryKindReadBack() {
        OddEvents odd = new OddEvents(5);
        for (int i = 0; i < 7000; i++) {
            Event event = odd.next(i % OddEvents.KINDS);
            byte[] entry = EntryJson.encode(event, 65_535);
            assertThat(EventJson.decode(entry)).isInstanceOfSatisfying(EventJson.Decoded.class, read -> {
                // Encoding again must not change a byte: that is what canonical means.
                assertThat(EntryJson.encode(read.event(), 65_535)).isEqualTo(entry);
            });
        }
    }

    @Test
    void aLongEventIsCutAndSaysWhatItWas() {
        Body body = new Body.Exec(
                "/x", Collections.nCopies(256, "\u0001".repeat(2000)), "/", new Body.Parent(1, "/y", List.of("y")));
        Event event = new Event("01", Instant.EPOCH, "agent", "r-1", null, null, body, null);
        byte[] entry = EntryJson.encode(event, 65_535);
        assertThat(entry.length).isLessThanOrEqualTo(EntryBundle.MAX_ENTRY).isGreaterThan(EntryBundle.MAX_ENTRY / 4);
        assertThat(new String(entry, UTF_8)).contains("\u2026", "\"whole\":{\"bytes\":3072", "\"sha256\":\"");
        assertThat(EventJson.decode(entry)).isInstanceOf(EventJson.Decoded.class);
    }
}
