package dev.pawl.gateway.leak.read;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pawl.gateway.leak.testing.FalseSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Secrets in codings, joined and damaged at random: what is found does not depend on cuts, and nothing but a refusal is thrown. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BodyFuzzTest {
    private static final int ROUNDS = 3000;

    @Test
    void cutsChangeNothingWhateverIsSent() throws IOException {
        Random random = new Random(77);
        List<String> names = new ArrayList<>(FalseSecrets.makers().keySet());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = input(random, names);
            int number = round;
            assertThatCode(() -> BodyFuzz.fuzzerTestOneInput(input))
                    .as("round " + number)
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] input(Random random, List<String> names) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int parts = random.nextInt(4); parts >= 0; parts--) {
            byte[] text = (FalseSecrets.text(random, "abc ={}\"\\n%41\n/", random.nextInt(300)) + " "
                            + FalseSecrets.one(names.get(random.nextInt(names.size())), random) + " ")
                    .getBytes(StandardCharsets.ISO_8859_1);
            switch (random.nextInt(6)) {
                case 0 -> body.write(Base64.getEncoder().encode(text));
                case 1 -> body.write(packed(text, true));
                case 2 -> body.write(Base64.getUrlEncoder().encode(packed(text, true)));
                case 3 -> body.write("marked\\u002dtext\\u002d17".getBytes(StandardCharsets.ISO_8859_1));
                default -> body.write(text);
            }
        }
        byte[] content = body.toByteArray();
        for (int damage = random.nextInt(3); damage > 0 && content.length > 0; damage--) {
            content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int coding = random.nextInt(8);
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(random.nextInt(3) == 0 ? random.nextInt(256) : 0);
        input.write(coding < 4 ? coding : 0);
        input.write(random.nextInt(256));
        input.write(
                switch (coding) {
                    case 1 -> packed(content, true);
                    case 2 -> packed(content, false);
                    case 3 -> packed(packed(content, false), true);
                    default -> content;
                });
        return input.toByteArray();
    }

    private static byte[] packed(byte[] content, boolean gzip) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packer = gzip ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            packer.write(content);
        }
        return out.toByteArray();
    }
}
