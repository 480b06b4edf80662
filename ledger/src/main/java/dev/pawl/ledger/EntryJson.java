package dev.pawl.ledger;

import dev.pawl.core.Event;
import dev.pawl.verify.TreeHash;
import java.util.HexFormat;

/**
 * Events as entries of the log: canonical JSON (RFC 8785) of bounded length. A longer event has
 * its texts cut, as far as need be, and says under {@code whole} how long it was and what it hashed to. Stateless.
 */
final class EntryJson {
    private static final int FIRST_CUT = 1 << 14;

    private EntryJson() {}

    /** At most {@code most} bytes, at least some hundred. */
    static byte[] encode(Event event, int most) {
        CanonicalOut out = new CanonicalOut();
        EventJson.members(out, event);
        byte[] whole = out.object();
        if (whole.length <= most) {
            return whole;
        }
        String hash = HexFormat.of().formatHex(TreeHash.sha256().digest(whole));
        for (int longest = FIRST_CUT; ; longest /= 2) {
            CanonicalOut shorter = new CanonicalOut(longest);
            EventJson.members(shorter, event);
            shorter.begin("whole")
                    .number("bytes", whole.length)
                    .text("sha256", hash)
                    .end();
            byte[] cut = shorter.object();
            if (cut.length <= most || longest == 1) {
                return cut;
            }
        }
    }
}
