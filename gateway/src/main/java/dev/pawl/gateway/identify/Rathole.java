package dev.pawl.gateway.identify;

/** rathole: a greeting of 37 bytes (kind, version, digest), answered by one of the same form. */
final class Rathole implements Recogniser {
    private static final int LENGTH = 37;

    @Override
    public Verdict judge(Seen seen) {
        Verdict out = greeting(seen.out());
        if (out instanceof Verdict.No) {
            return out;
        }
        Verdict in = greeting(seen.in());
        boolean both = out instanceof Verdict.Maybe && in instanceof Verdict.Maybe;
        if (in instanceof Verdict.No) {
            return in;
        }
        boolean lengths = (seen.firstOut() < 0 || seen.firstOut() == LENGTH);
        return both && lengths ? Verdict.yes(Identity.certain("rathole")) : lengths ? Verdict.MORE : Verdict.NO;
    }

    private static Verdict greeting(Bytes bytes) {
        boolean head = (bytes.isEmpty() || bytes.at(0) <= 1)
                && bytes.from(1).agrees("\u0000\u0000\u0000")
                && (bytes.length() < 5 || bytes.at(4) <= 1);
        if (!head) {
            return Verdict.NO;
        }
        if (bytes.length() < LENGTH) {
            return Verdict.MORE;
        }
        return bytes.part(5, LENGTH).distinct() >= 20 ? Verdict.maybe(Identity.suspect("rathole")) : Verdict.NO;
    }
}
