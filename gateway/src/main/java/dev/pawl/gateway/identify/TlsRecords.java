package dev.pawl.gateway.identify;

/**
 * The records one side of TLS begins with (RFC 8446, 5.1), and the handshake messages put together from them.
 *
 * @param shape how far they are records at all
 * @param whole how many records have come whole
 * @param heads how many record heads there are, in an unbroken chain
 * @param handshake what the handshake records hold before any other record
 */
record TlsRecords(Shape shape, int whole, int heads, boolean handshakes, Bytes handshake) {
    enum Shape {
        /** Too little to say. */
        MORE,
        RECORDS,
        OTHER
    }

    static final int HANDSHAKE = 0x16;

    private static final int HEAD = 5;
    private static final int CHANGE_CIPHER_SPEC = 0x14;
    private static final int HEARTBEAT = 0x18;
    /** A ciphertext of TLS 1.2 (RFC 5246, 6.2.3). */
    private static final int LONGEST = (1 << 14) + 2_048;

    static TlsRecords of(Bytes bytes) {
        byte[] handshake = new byte[bytes.length()];
        int filled = 0;
        int at = 0;
        int whole = 0;
        int heads = 0;
        boolean only = true;
        while (at < bytes.length()) {
            int fit = head(bytes, at);
            if (fit < 0) {
                return new TlsRecords(Shape.OTHER, whole, heads, only, new Bytes(handshake, 0, filled));
            }
            if (fit == 0) {
                break;
            }
            heads++;
            int length = bytes.u16(at + 3);
            int there = Math.min(length, bytes.length() - at - HEAD);
            only &= bytes.at(at) == HANDSHAKE;
            if (only) {
                bytes.part(at + HEAD, at + HEAD + there).copyTo(handshake, filled);
                filled += there;
            }
            at += HEAD + length;
            whole += there == length ? 1 : 0;
        }
        return new TlsRecords(
                heads == 0 ? Shape.MORE : Shape.RECORDS, whole, heads, only, new Bytes(handshake, 0, filled));
    }

    /** 1 if a record head stands there, 0 if too little does, -1 if something else does. */
    private static int head(Bytes bytes, int at) {
        int there = bytes.length() - at;
        boolean fits = bytes.at(at) >= CHANGE_CIPHER_SPEC
                && bytes.at(at) <= HEARTBEAT
                && (there < 2 || bytes.at(at + 1) == 3)
                && (there < 3 || bytes.at(at + 2) <= 4)
                && (there < HEAD || (bytes.u16(at + 3) > 0 && bytes.u16(at + 3) <= LONGEST));
        return !fits ? -1 : there < HEAD ? 0 : 1;
    }
}
