package dev.pawl.gateway.leak.read;

/** How much may be read beneath the codings of one body, so that a small one cannot keep a processor busy. */
final class Budget {
    /** Bytes that are read whatever the size of the body. */
    static final long FREE = 1 << 20;

    /** Bytes that are read for each byte of the body. Text and JSON shrink to a tenth, logs to a thirtieth. */
    static final int RATIO = 64;

    private long sent;
    private long read;

    void received(int bytes) {
        sent += bytes;
    }

    void spend(int bytes) throws Unreadable {
        read += bytes;
        if (read > FREE + RATIO * sent) {
            throw new Unreadable("The body unpacks to more than " + RATIO + " times its size.", true);
        }
    }
}
