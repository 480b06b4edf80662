package dev.pawl.gateway.identify;

/** OpenVPN over TCP: a packet with its length that resets the session, answered by one that does too. */
final class OpenVpn implements Recogniser {
    private static final int SHORTEST = 14;
    private static final int LONGEST = 1_500;

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        Bytes in = seen.in();
        if (out.length() < 3) {
            return Verdict.MORE;
        }
        int opcode = out.at(2) >> 3;
        boolean reset = (opcode == 7 || opcode == 10)
                && (out.at(2) & 7) == 0
                && out.u16(0) >= SHORTEST
                && out.u16(0) <= LONGEST;
        if (!reset) {
            return Verdict.NO;
        }
        if (in.length() < 3) {
            int sent = seen.firstOut() < 0 ? out.length() : seen.firstOut();
            return sent == out.u16(0) + 2 ? Verdict.maybe(Identity.suspect("openvpn")) : Verdict.MORE;
        }
        return in.at(2) >> 3 == 8 && in.u16(0) >= SHORTEST && in.u16(0) <= LONGEST
                ? Verdict.yes(Identity.certain("openvpn"))
                : Verdict.NO;
    }
}
