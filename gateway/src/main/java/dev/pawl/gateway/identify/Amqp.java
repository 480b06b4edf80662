package dev.pawl.gateway.identify;

/** AMQP: the header (0-9-1, 4.2.2; 1.0, 2.2), or, in the middle, whole frames of 0-9-1. */
final class Amqp implements Recogniser {
    private static final int FRAME_END = 0xce;

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.starts("AMQP")) {
            return out.length() < 8 ? Verdict.MORE : out.at(4) <= 3 ? yes() : Verdict.NO;
        }
        if (out.agrees("AMQP")) {
            return Verdict.MORE;
        }
        return frame(out);
    }

    private static Verdict frame(Bytes out) {
        int type = out.at(0);
        if (type != 1 && type != 8) {
            return Verdict.NO;
        }
        if (out.length() < 7) {
            return Verdict.MORE;
        }
        long length = out.u32(3);
        if (type == 8 ? length != 0 || out.u16(1) != 0 : length < 4 || length > 1 << 17) {
            return Verdict.NO;
        }
        int end = 7 + (int) length;
        if (type == 1 && out.length() >= 9 && (out.u16(7) < 10 || out.u16(7) > 110 || out.u16(7) % 5 != 0)) {
            return Verdict.NO;
        }
        return out.length() <= end ? Verdict.MORE : out.at(end) == FRAME_END ? yes() : Verdict.NO;
    }

    private static Verdict yes() {
        return Verdict.yes(Identity.certain("amqp"));
    }
}
