package dev.pawl.gateway.identify;

/** A client hello in the form of SSL 2 (RFC 5246, E.2). */
final class OldHello {
    private static final int HEAD = 11;

    private OldHello() {}

    static boolean is(Bytes bytes) {
        return bytes.length() >= HEAD && agrees(bytes) && fits(bytes);
    }

    /** Whether it is one as far as it goes. */
    static boolean agrees(Bytes bytes) {
        return bytes.length() > 0
                && (bytes.at(0) & 0x80) != 0
                && (bytes.length() < 3 || bytes.at(2) == 1)
                && (bytes.length() < 5 || bytes.u16(3) == 2 || (bytes.at(3) == 3 && bytes.at(4) <= 4))
                && (bytes.length() < HEAD || fits(bytes));
    }

    private static boolean fits(Bytes bytes) {
        int length = bytes.u16(0) & 0x7fff;
        int suites = bytes.u16(5);
        int session = bytes.u16(7);
        int challenge = bytes.u16(9);
        return suites > 0
                && suites % 3 == 0
                && (session == 0 || session == 16)
                && challenge >= 16
                && challenge <= 32
                && length == 9 + suites + session + challenge;
    }
}
