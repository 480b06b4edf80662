package dev.pawl.gateway.leak.scan;

import java.util.List;

/** Keys of clouds: an id that may be known, and nearby the secret that belongs to it. */
final class CloudRules {
    /** Bytes on either side of an id in which its secret is looked for. */
    private static final int NEAR = 512;

    private CloudRules() {}

    static List<Rule> all() {
        Check azure = new TokenCheck(Chars.BASE64, 86, 86, false, TokenCheck.RANDOM);
        Check shared = new TokenCheck(Chars.BASE64, 43, 43, false, TokenCheck.RANDOM);
        return List.of(
                Rule.of("aws-key", pair(Chars.BASE32, 16, 16, 40, Chars.BASE64), "AKIA", "ASIA", "ABIA"),
                Rule.of("alibaba-key", pair(Chars.BASE62, 12, 20, 30, Chars.BASE62), "LTAI"),
                Rule.of("azure-key", azure, "AccountKey=", "AccountKey%3D"),
                Rule.of("azure-key", shared, "SharedAccessKey=", "SharedAccessKey%3D"),
                Rule.of("azure-key", CloudRules::clientSecret, "7Q~", "8Q~"));
    }

    private static Check pair(Chars idSet, int least, int most, int secret, Chars secretSet) {
        return (window, start, after) -> {
            if (!window.begins(start)) {
                return Check.NO;
            }
            int id = window.run(after, most + 1, idSet);
            if (id <= most && window.open(after + id)) {
                return Check.more(after - start + most + 1);
            }
            int behind = after + id;
            if (id < least || id > most || window.is(behind, Chars.BASE62)) {
                return Check.NO;
            }
            if (lone(window, Math.max(0, start - NEAR), start, secret, secretSet) > 0) {
                return behind - start;
            }
            int end = lone(window, behind, Math.min(window.end, behind + NEAR), secret, secretSet);
            if (end > 0) {
                return end - start;
            }
            return window.open(behind + NEAR) ? Check.more(behind + NEAR - start + 1) : Check.NO;
        };
    }

    /** The end of a run of just that length that looks random, or 0. A run that may go on is none yet. */
    private static int lone(Window window, int from, int to, int length, Chars set) {
        int at = from;
        while (at < to) {
            int run = window.run(at, to - at, set);
            int end = at + run;
            boolean ends = end < to || (window.last && end == window.end);
            int skipped = run > length && window.at(at - 1) == '\\' ? 1 : 0;
            if (run - skipped == length && ends && mixed(window, at + skipped, length)) {
                return end;
            }
            at = end + 1;
        }
        return 0;
    }

    private static boolean mixed(Window window, int from, int length) {
        boolean upper = false;
        boolean lower = false;
        boolean digit = false;
        for (int i = from; i < from + length; i++) {
            upper |= window.is(i, Chars.UPPER);
            lower |= window.is(i, Chars.LOWER);
            digit |= window.is(i, Chars.DIGITS);
        }
        return upper
                && lower
                && digit
                && TokenCheck.RANDOM.test(window, from, length)
                && !Examples.known(window.text(from, length));
    }

    /** Three characters, the anchor, and 31 to 34 more. */
    private static int clientSecret(Window window, int start, int after) {
        Chars set = Chars.WORD_OR_DOT.and("~");
        if (start < 3 || window.run(start - 3, 3, set) < 3 || !window.begins(start - 3)) {
            return Check.NO;
        }
        int run = window.run(after, 35, set);
        if (run < 35 && window.open(after + run)) {
            return Check.more(after - start + 36);
        }
        return run >= 31 && run <= 34 && TokenCheck.RANDOM.test(window, after, run) ? after - start + run : Check.NO;
    }
}
