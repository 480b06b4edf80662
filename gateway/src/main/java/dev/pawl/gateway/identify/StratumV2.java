package dev.pawl.gateway.identify;

/**
 * Stratum V2 by shape alone: the Noise handshake (a first message of 64 bytes without order, answered by 234), or, where
 * it is not encrypted, a SetupConnection frame whose fields fit its length. Nothing in the bytes says more.
 */
final class StratumV2 implements Recogniser {
    private static final int INITIATOR = 64;
    private static final int RESPONDER = 234;
    private static final int FRAME_HEAD = 6;
    private static final Identity SUSPECT = Identity.suspect("stratum").dialect("v2");

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.length() < FRAME_HEAD) {
            return Verdict.MORE;
        }
        if (out.u24(0) == 0 && out.at(4) == 0 && out.at(5) == 0) {
            return setup(out);
        }
        return noise(seen);
    }

    /** Kind of protocol, versions from and to, flags, then five texts and a port (Stratum V2, 3.6.1). */
    private static Verdict setup(Bytes out) {
        int length = out.at(3);
        if (length < 16) {
            return Verdict.NO;
        }
        if (out.length() < FRAME_HEAD + length) {
            return Verdict.MORE;
        }
        Bytes body = out.part(FRAME_HEAD, FRAME_HEAD + length);
        boolean versions = body.at(0) <= 2 && body.at(1) == 2 && body.at(2) == 0 && body.at(3) >= 2 && body.at(4) == 0;
        int at = 9;
        for (int text = 0; versions && text < 5; text++) {
            at = at < body.length() ? at + 1 + body.at(at) : body.length() + 1;
            at += text == 0 ? 2 : 0;
        }
        return versions && at == body.length() ? Verdict.yes(SUSPECT) : Verdict.NO;
    }

    private static Verdict noise(Seen seen) {
        if (seen.first() == Way.IN || (seen.firstOut() >= 0 && seen.firstOut() != INITIATOR)) {
            return Verdict.NO;
        }
        if (seen.firstOut() < 0) {
            return seen.out().length() <= INITIATOR ? Verdict.MORE : Verdict.NO;
        }
        if (seen.firstIn() >= 0 ? seen.firstIn() != RESPONDER : seen.in().length() > RESPONDER) {
            return Verdict.NO;
        }
        boolean order = seen.out().part(0, INITIATOR).distinct() < 40
                || (seen.in().length() >= INITIATOR
                        && seen.in().part(0, INITIATOR).distinct() < 40);
        if (order) {
            return Verdict.NO;
        }
        return seen.in().length() == RESPONDER || seen.firstIn() == RESPONDER ? Verdict.maybe(SUSPECT) : Verdict.MORE;
    }
}
