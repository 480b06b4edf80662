package dev.pawl.gateway.identify;

/** Kafka: a request with its length, a known call, and the name of the client; the answer repeats its number. */
final class Kafka implements Recogniser {
    private static final int HEAD = 14;
    private static final int CALLS = 92;
    private static final int VERSIONS = 20;
    private static final int NAME_LIMIT = 200;

    @Override
    public Verdict judge(Seen seen) {
        Verdict verdict = request(seen.out(), seen.in());
        return verdict instanceof Verdict.No ? request(seen.in(), seen.out()) : verdict;
    }

    private static Verdict request(Bytes out, Bytes in) {
        if (out.length() < HEAD) {
            return out.isEmpty() || out.at(0) == 0 ? Verdict.MORE : Verdict.NO;
        }
        int name = out.u16(12);
        boolean head = out.at(0) == 0
                && out.u32(0) >= 10
                && out.u16(4) < CALLS
                && out.u16(6) < VERSIONS
                && name > 0
                && name < NAME_LIMIT;
        if (!head || HEAD + name > out.u32(0) + 4) {
            return Verdict.NO;
        }
        int there = Math.min(out.length(), HEAD + name);
        if (!out.printable(HEAD, there)) {
            return Verdict.NO;
        }
        if (out.length() < HEAD + name) {
            return Verdict.MORE;
        }
        if (in.length() < 8) {
            return Verdict.maybe(Identity.suspect("kafka"));
        }
        return in.u32(4) == out.u32(8)
                ? Verdict.yes(Identity.certain("kafka"))
                : Verdict.maybe(Identity.suspect("kafka"));
    }
}
