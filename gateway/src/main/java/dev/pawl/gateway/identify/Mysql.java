package dev.pawl.gateway.identify;

/** MySQL and MariaDB (Protocol::HandshakeV10): the server's greeting, or its error in the place of one. */
final class Mysql implements Recogniser {
    private static final int HEAD = 5;
    private static final int VERSION_LIMIT = 64;

    @Override
    public Verdict judge(Seen seen) {
        Verdict verdict = greeting(seen.in());
        return verdict instanceof Verdict.No ? greeting(seen.out()) : verdict;
    }

    private static Verdict greeting(Bytes bytes) {
        if (bytes.length() < HEAD) {
            return bytes.length() == 4 && bytes.at(3) != 0 ? Verdict.NO : Verdict.MORE;
        }
        int length = bytes.at(0) | bytes.at(1) << 8 | bytes.at(2) << 16;
        if (bytes.at(3) != 0 || length < 20 || length > 1_024) {
            return Verdict.NO;
        }
        if (bytes.at(4) == 0xff) {
            return error(bytes);
        }
        if (bytes.at(4) != 10) {
            return Verdict.NO;
        }
        int end = bytes.indexOf(0, HEAD);
        if (end < 0) {
            return bytes.length() < HEAD + VERSION_LIMIT && bytes.printable(HEAD, bytes.length())
                    ? Verdict.MORE
                    : Verdict.NO;
        }
        boolean version = end > HEAD
                && end < HEAD + VERSION_LIMIT
                && bytes.printable(HEAD, end)
                && bytes.at(HEAD) >= '0'
                && bytes.at(HEAD) <= '9';
        if (!version) {
            return Verdict.NO;
        }
        // Four bytes of thread, eight of salt, a zero.
        int filler = end + 1 + 12;
        if (bytes.length() <= filler) {
            return Verdict.MORE;
        }
        return bytes.at(filler) == 0
                ? Verdict.yes(Identity.certain("mysql").details(Details.banner(bytes.text(HEAD, end))))
                : Verdict.NO;
    }

    /** Code 1040 and upwards, then text. */
    private static Verdict error(Bytes bytes) {
        if (bytes.length() < 20) {
            return Verdict.MORE;
        }
        int code = bytes.at(5) | bytes.at(6) << 8;
        return code >= 1_000 && code < 5_000 && bytes.printable(7, 20)
                ? Verdict.yes(Identity.certain("mysql"))
                : Verdict.NO;
    }
}
