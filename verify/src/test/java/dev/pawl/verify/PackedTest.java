package dev.pawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class PackedTest {
    @Test
    void anyGunzipReadsIt() throws IOException {
        Random random = new Random(3);
        for (int length : new int[] {0, 1, 100, 70_000, 1_000_000}) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            byte[] packed = Packed.pack(content);
            assertThat(Packed.unpack(packed))
                    .hasValueSatisfying(read -> assertThat(read).isEqualTo(content));
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
        }
    }

    /** 64 MiB of zeros in 64 kB: no bundle is that long, so nobody waits for it or holds it. */
    @Test
    void aBombIsNotUnpacked() {
        byte[] packed = Packed.pack(new byte[64 << 20]);
        assertThat(packed).hasSizeLessThan(1 << 17);
        assertThat(Packed.unpack(packed)).isEmpty();
    }

    @Test
    void nothingThatWasTouchedIsRead() {
        byte[] packed =
                Packed.pack("one entry after the other, and one more".repeat(50).getBytes(StandardCharsets.US_ASCII));
        for (int bit = 0; bit < packed.length * 8; bit++) {
            byte[] edited = packed.clone();
            edited[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Packed.unpack(edited)).as("bit %d", bit).isEmpty();
        }
        for (int length = 0; length < packed.length; length++) {
            assertThat(Packed.unpack(Arrays.copyOf(packed, length))).isEmpty();
        }
        assertThat(Packed.unpack(Arrays.copyOf(packed, packed.length + 1))).isEmpty();
    }
}
