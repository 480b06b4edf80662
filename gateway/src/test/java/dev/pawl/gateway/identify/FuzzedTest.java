package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.gateway.testing.ClientHello;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the fuzzer found: verdicts that depended on how many bytes had come. */
class FuzzedTest {
    private static Verdict verdict(Recogniser recogniser, byte[] out, byte[] in, int came) {
        return recogniser.judge(new Seen(
                new Bytes(out, 0, out.length), new Bytes(in, 0, came), Way.OUT, came == 0 ? -1 : out.length, -1));
    }

    /** An alert answers a hello, whatever follows it. */
    @Test
    void tlsThatIsAnsweredByAnAlertAndNonsense() {
        byte[] hello = ClientHello.to("api.example").record().getBytes(StandardCharsets.ISO_8859_1);
        byte[] answer = HexFormat.of().parseHex("15030300020170" + "16032a0041");
        Verdict early = verdict(new Tls(), hello, answer, 5);
        assertThat(early).isInstanceOf(Verdict.Yes.class);
        for (int came = 5; came <= answer.length; came++) {
            assertThat(verdict(new Tls(), hello, answer, came))
                    .as(came + " bytes")
                    .isEqualTo(early);
        }
    }

    /** Few different bytes at first are no order yet. */
    @Test
    void noiseThatBeginsWithOneByteTwice() {
        byte[] out = new byte[64];
        byte[] in = new byte[234];
        Random random = new Random(3);
        random.nextBytes(out);
        random.nextBytes(in);
        Arrays.fill(in, 0, 5, (byte) 7);
        for (int came = 1; came < in.length; came++) {
            assertThat(verdict(new StratumV2(), out, in, came))
                    .as(came + " bytes")
                    .isEqualTo(Verdict.MORE);
        }
        assertThat(verdict(new StratumV2(), out, in, in.length)).isInstanceOf(Verdict.Maybe.class);
    }
}
