package dev.pawl.gateway.identify;

/** memcached: a command in words with its answer, or its binary form. */
final class Memcached implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        Bytes in = seen.in();
        if (out.isEmpty()) {
            return Verdict.MORE;
        }
        if (out.at(0) == 0x80) {
            return binary(out, in);
        }
        int feed = FirstLine.end(out);
        if (feed < 0) {
            return feed == FirstLine.MORE ? Verdict.MORE : Verdict.NO;
        }
        if (!out.text(0, feed)
                .matches("(gets?|set|add|replace|append|stats|version|delete|incr|touch|mg|ms)( [ -~]*)?\r")) {
            return Verdict.NO;
        }
        int answer = FirstLine.end(in);
        if (answer < 0) {
            return answer == FirstLine.MORE ? Verdict.MORE : Verdict.NO;
        }
        boolean known = in.text(0, answer)
                .matches(
                        "(STAT|VALUE|END|STORED|NOT_STORED|DELETED|NOT_FOUND|VERSION|ERROR|CLIENT_ERROR|EN|HD|VA).*\r");
        return known ? Verdict.yes(Identity.certain("memcached")) : Verdict.NO;
    }

    private static Verdict binary(Bytes out, Bytes in) {
        if (out.length() < 24) {
            return Verdict.MORE;
        }
        boolean request = out.at(1) <= 0x25 && out.at(5) == 0 && out.u16(2) + out.at(4) <= out.u32(8);
        if (!request) {
            return Verdict.NO;
        }
        if (in.length() < 2) {
            return Verdict.MORE;
        }
        return in.at(0) == 0x81 && in.at(1) == out.at(1) ? Verdict.yes(Identity.certain("memcached")) : Verdict.NO;
    }
}
