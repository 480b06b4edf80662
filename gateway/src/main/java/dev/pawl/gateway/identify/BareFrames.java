package dev.pawl.gateway.identify;

/** A WebSocket whose upgrade was not seen: text that fits its frame, masked on one side and clear on the other. */
final class BareFrames implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        Bytes in = seen.in();
        if (out.length() < 2 || in.length() < 2) {
            boolean open = (out.isEmpty() || out.at(0) == 0x81) && (in.isEmpty() || in.at(0) == 0x81);
            return open ? Verdict.MORE : Verdict.NO;
        }
        boolean masked = (out.at(1) & 0x80) != (in.at(1) & 0x80);
        if (!masked || !fits(out) || !fits(in)) {
            return Verdict.NO;
        }
        boolean whole = whole(out) && whole(in);
        return whole ? Verdict.yes(Identity.certain("websocket")) : Verdict.MORE;
    }

    private static int length(Bytes frame) {
        return (frame.at(1) & 0x7f) + ((frame.at(1) & 0x80) == 0 ? 2 : 6);
    }

    private static boolean whole(Bytes frame) {
        return frame.length() >= length(frame);
    }

    private static boolean fits(Bytes frame) {
        if (frame.at(0) != 0x81 || (frame.at(1) & 0x7f) > 125 || (frame.at(1) & 0x7f) == 0) {
            return false;
        }
        boolean masked = (frame.at(1) & 0x80) != 0;
        for (int i = masked ? 6 : 2; i < Math.min(frame.length(), length(frame)); i++) {
            int clear = masked ? frame.at(i) ^ frame.at(2 + (i - 6) % 4) : frame.at(i);
            if (clear < 0x20 && clear != '\n' && clear != '\r' && clear != '\t') {
                return false;
            }
        }
        return true;
    }
}
