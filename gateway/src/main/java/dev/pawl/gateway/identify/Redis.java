package dev.pawl.gateway.identify;

/** Redis: an array of bulk strings (RESP), or a command in words that is answered in RESP. */
final class Redis implements Recogniser {
    private static final java.util.regex.Pattern INLINE = java.util.regex.Pattern.compile(
            "(?i)(ping|info|auth|get|set|select|config|keys|client|hello|echo|monitor|slaveof|flushall)( .*)?\\r?");

    private static final java.util.regex.Pattern ANSWER =
            java.util.regex.Pattern.compile("([$*:%]-?[0-9]+|\\+(PONG|OK).*|-[A-Z]{3,} .*)\\r");

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.isEmpty()) {
            return Verdict.MORE;
        }
        return out.at(0) == '*' ? array(out) : inline(seen);
    }

    /** {@code *N CRLF $M CRLF word}, the word of letters. */
    private static Verdict array(Bytes out) {
        int at = number(out, 1);
        if (at <= 0 || at == out.length()) {
            return at == 0 ? Verdict.NO : Verdict.MORE;
        }
        if (out.at(at) != '$') {
            return Verdict.NO;
        }
        int word = number(out, at + 1);
        if (word <= 0 || word == out.length()) {
            return word == 0 ? Verdict.NO : Verdict.MORE;
        }
        int end = word;
        while (end < out.length() && Character.isLetter(out.at(end)) && end - word < 24) {
            end++;
        }
        return end == out.length() ? Verdict.MORE : out.at(end) == '\r' && end > word ? yes() : Verdict.NO;
    }

    /** Where a number and its line end, -1 if more has to come, 0 if there is none. */
    private static int number(Bytes out, int from) {
        int at = from;
        while (at < out.length() && out.at(at) >= '0' && out.at(at) <= '9' && at - from < 8) {
            at++;
        }
        if (at == out.length() || (at > from && at + 1 == out.length() && out.at(at) == '\r')) {
            return -1;
        }
        return at > from && out.is(at, "\r\n") ? at + 2 : 0;
    }

    private static Verdict inline(Seen seen) {
        Bytes out = seen.out();
        int feed = FirstLine.end(out);
        if (feed < 0) {
            return feed == FirstLine.MORE ? Verdict.MORE : Verdict.NO;
        }
        if (!INLINE.matcher(out.text(0, feed)).matches()) {
            return Verdict.NO;
        }
        Bytes in = seen.in();
        if (in.isEmpty()) {
            return Verdict.maybe(Identity.suspect("redis"));
        }
        int answer = FirstLine.end(in);
        if (answer < 0) {
            return answer == FirstLine.MORE ? Verdict.MORE : Verdict.NO;
        }
        return ANSWER.matcher(in.text(0, answer)).matches() ? yes() : Verdict.NO;
    }

    private static Verdict yes() {
        return Verdict.yes(Identity.certain("redis"));
    }
}
