package dev.pawl.gateway.identify;

/**
 * frp: its login message, alone or as the first data of a yamux stream, and its own first byte before a hello of TLS. A
 * yamux stream with nothing known in it is a tunnel of some kind.
 */
final class Frp implements Recogniser {
    private static final int YAMUX_HEAD = 12;

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.isEmpty()) {
            return Verdict.MORE;
        }
        return switch (out.at(0)) {
            case 'o' -> login(out);
            case 0x17 -> out.length() < 4 ? Verdict.MORE : hello(out);
            case 0 -> yamux(out);
            default -> Verdict.NO;
        };
    }

    /** A type, eight bytes of length, and JSON with the version of the client. */
    private static Verdict login(Bytes out) {
        if (out.length() < 11) {
            return out.length() > 1 && out.at(1) != 0 ? Verdict.NO : Verdict.MORE;
        }
        boolean fits = out.u32(1) == 0 && out.u32(5) > 2 && out.u32(5) < 20_480 && out.is(9, "{\"");
        return fits ? Verdict.yes(Identity.certain("frp")) : Verdict.NO;
    }

    private static Verdict hello(Bytes out) {
        boolean tls = out.at(1) == TlsRecords.HANDSHAKE && out.at(2) == 3 && out.at(3) <= 4;
        return tls ? Verdict.yes(Identity.certain("frp").dialect("tls")) : Verdict.NO;
    }

    /** Version 0, then a window update or data that opens stream 1. */
    private static Verdict yamux(Bytes out) {
        if (out.length() < YAMUX_HEAD) {
            return out.length() > 1 && out.at(1) > 1 ? Verdict.NO : Verdict.MORE;
        }
        boolean opens = out.at(1) <= 1 && out.u16(2) == 1 && out.u32(4) == 1;
        if (!opens) {
            return Verdict.NO;
        }
        int data = YAMUX_HEAD + (out.at(1) == 0 ? 0 : YAMUX_HEAD);
        if (out.length() <= data) {
            return Verdict.maybe(Identity.suspect("yamux"));
        }
        return switch (login(out.from(data))) {
            case Verdict.Yes yes -> yes;
            case Verdict.More _, Verdict.Maybe _, Verdict.Surely _ -> Verdict.maybe(Identity.suspect("yamux"));
            case Verdict.No _ -> Verdict.maybe(Identity.suspect("yamux"));
        };
    }
}
