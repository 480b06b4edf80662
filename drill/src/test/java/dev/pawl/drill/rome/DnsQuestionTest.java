package dev.pawl.drill.rome;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsQuestionTest {
    /** A question for "Data.exfil.example", type A, as dig writes it (RFC 1035, section 4.1). */
    private static final byte[] QUESTION = ("\0\7\1\0\0\1\0\0\0\0\0\0" + "\4Data\5exfil\7example\0" + "\0\1\0\1")
            .getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void readsTheNameAndEchoesTheQuestion() {
        DnsQuestion parsed = DnsQuestion.parse(QUESTION, QUESTION.length);
        assertThat(parsed).isInstanceOf(DnsQuestion.Asked.class);
        DnsQuestion.Asked asked = (DnsQuestion.Asked) parsed;
        assertThat(asked.name()).isEqualTo("data.exfil.example");
        assertThat(asked.type()).isEqualTo(1);
        byte[] answer = asked.answer(0, new byte[] {(byte) 203, 0, 113, 30});
        assertThat(answer).hasSize(QUESTION.length + 16).endsWith((byte) 203, (byte) 0, (byte) 113, (byte) 30);
        assertThat(new String(answer, StandardCharsets.ISO_8859_1)).contains("\4Data");
    }

    @Test
    void anythingElseIsMalformedAndNothingIsThrown() {
        Random random = new Random(20261122);
        int malformed = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] data = QUESTION.clone();
            int changes = 1 + random.nextInt(6);
            for (int change = 0; change < changes; change++) {
                data[random.nextInt(data.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(data.length + 1);
            switch (DnsQuestion.parse(data, length)) {
                case DnsQuestion.Asked asked ->
                    assertThat(asked.name().length()).isLessThanOrEqualTo(DnsQuestion.MAX_NAME_CHARACTERS);
                case DnsQuestion.Malformed bad -> malformed++;
            }
        }
        assertThat(malformed).isBetween(1, 49_999);
    }
}
