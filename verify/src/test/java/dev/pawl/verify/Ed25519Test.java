package dev.pawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * C2SP/CCTV ed25519 at 1e3d2860. Its README names three behaviours; ours is the strictest: only points of the right
 * encoding and of large order, and the equation without the cofactor.
 */
class Ed25519Test {
    private static final List<String> REFUSED = List.of(
            "low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue", "reencoded_k");

    @Test
    void cornerCases() throws IOException {
        String all = Files.readString(Corpus.path("ed25519/ed25519vectors.json"));
        int accepted = 0;
        int refused = 0;
        for (String vector : all.split("\\{", -1)) {
            if (!vector.contains("\"sig\"")) {
                continue;
            }
            boolean wanted = REFUSED.stream().noneMatch(flag -> vector.contains('"' + flag + '"'));
            assertThat(verify(vector)).as(vector).isEqualTo(wanted);
            accepted += wanted ? 1 : 0;
            refused += wanted ? 0 : 1;
        }
        System.out.println("ed25519 corner cases: " + accepted + " accepted, " + refused + " refused");
        assertThat(accepted + refused).isEqualTo(914);
        assertThat(accepted).isPositive();
    }

    private static boolean verify(String vector) {
        HexFormat hex = HexFormat.of();
        try {
            return Ed25519.verify(
                    Ed25519.key(hex.parseHex(Corpus.member(vector, "key"))),
                    Corpus.member(vector, "msg").getBytes(StandardCharsets.UTF_8),
                    hex.parseHex(Corpus.member(vector, "sig")));
        } catch (FormatFault e) {
            return false;
        }
    }
}
