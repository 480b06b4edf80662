package dev.pawl.gateway.identify;

/** RDP (MS-RDPBCGR, 2.2.1.1): a connection request of X.224 in a TPKT, with a cookie, a negotiation or nothing. */
final class Rdp implements Recogniser {
    private static final int HEAD = 11;

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.length() < HEAD) {
            return out.agrees("\u0003\u0000") ? Verdict.MORE : Verdict.NO;
        }
        boolean request = out.u16(0) == 0x0300 && out.at(5) == 0xe0 && out.u16(2) == out.at(4) + 5 && out.at(10) == 0;
        if (!request) {
            return Verdict.NO;
        }
        Identity rdp = Identity.certain("rdp");
        if (out.u16(2) == HEAD) {
            return plain(seen.in());
        }
        if (out.length() < HEAD + 4) {
            return Verdict.MORE;
        }
        boolean negotiation = out.at(HEAD) == 1 && out.at(HEAD + 2) == 8 && out.at(HEAD + 3) == 0;
        return negotiation || out.isAnyCase(HEAD, "cook") || out.is(HEAD, "tsv:") ? Verdict.yes(rdp) : Verdict.NO;
    }

    /** Other protocols over X.224 ask in the same way, so the answer has to be as short. */
    private static Verdict plain(Bytes in) {
        if (in.length() < HEAD) {
            return Verdict.MORE;
        }
        return in.u16(0) == 0x0300 && in.u16(2) == HEAD && in.at(5) == 0xd0
                ? Verdict.yes(Identity.suspect("rdp"))
                : Verdict.NO;
    }
}
