package dev.pawl.gateway.identify;

/** IMAP (RFC 9051): an untagged greeting, then commands with a tag. */
final class Imap implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Bytes in = seen.in();
        Bytes out = seen.out();
        boolean greeting = in.starts("* OK") || in.starts("* PREAUTH") || in.starts("* BYE");
        boolean open = in.isEmpty() || in.agrees("* OK") || in.agrees("* PREAUTH") || in.agrees("* BYE");
        if (!greeting && !open) {
            return Verdict.NO;
        }
        int feed = FirstLine.end(out);
        if (feed == FirstLine.NONE) {
            return Verdict.NO;
        }
        if (feed == FirstLine.MORE) {
            return greeting ? Verdict.maybe(Identity.certain("imap")) : Verdict.MORE;
        }
        if (!out.text(0, feed).matches("[A-Za-z0-9.]{1,20} [A-Za-z]{4,12}( .*)?\r?")) {
            return Verdict.NO;
        }
        return greeting ? Verdict.yes(Identity.certain("imap")) : Verdict.MORE;
    }
}
