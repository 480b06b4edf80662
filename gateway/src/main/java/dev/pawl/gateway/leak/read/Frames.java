package dev.pawl.gateway.leak.read;

import java.util.function.Supplier;

/** Reads what a client says by WebSocket (RFC 6455, 5): frames, unmasked; messages of several frames as one. Not thread-safe. */
final class Frames extends Derived {
    private static final int COMPRESSED = 0x40;
    private static final int LAST = 0x80;
    private static final int CONTROL = 0x08;

    private final byte[] head = new byte[14];
    private final byte[] out = new byte[2048];
    private int seen;
    private int length = 2;
    private long rest;
    private int at;

    Frames(Supplier<View> inner, Budget budget) {
        super(inner, budget);
    }

    @Override
    void step(byte[] bytes, int from, int count) throws Unreadable {
        int i = from;
        while (i < from + count) {
            if (seen < length) {
                head(bytes[i++]);
            } else {
                int some = (int) Math.min(rest, from + count - i);
                payload(bytes, i, some);
                i += some;
            }
        }
    }

    private void head(byte b) throws Unreadable {
        head[seen++] = b;
        if (seen == 2) {
            if ((head[0] & COMPRESSED) != 0) {
                throw new Unreadable("A message of WebSocket is compressed.");
            }
            if (b >= 0) {
                throw new Unreadable("A frame of WebSocket is not masked, as a client's are.");
            }
            int size = b & 0x7f;
            length = 2 + (size == 126 ? 2 : size == 127 ? 8 : 0) + 4;
        }
        if (seen == length) {
            begin();
        }
    }

    private void begin() throws Unreadable {
        int size = head[1] & 0x7f;
        rest = size < 126 ? size : 0;
        for (int i = 2; i < length - 4; i++) {
            rest = rest << 8 | (head[i] & 0xff);
        }
        if (rest < 0) {
            throw new Unreadable("A frame of WebSocket has no length that is one.");
        }
        at = 0;
        if (rest == 0) {
            over();
        }
    }

    private void payload(byte[] bytes, int from, int count) throws Unreadable {
        for (int i = 0; i < count; i++) {
            out[i] = (byte) (bytes[from + i] ^ head[length - 4 + (at++ & 3)]);
        }
        emit(out, 0, count);
        rest -= count;
        if (rest == 0) {
            over();
        }
    }

    /** The next frame; a control frame may stand inside a message and ends none. */
    private void over() throws Unreadable {
        if ((head[0] & LAST) != 0 && (head[0] & CONTROL) == 0) {
            endOfOne();
        }
        seen = 0;
        length = 2;
    }

    @Override
    void end() throws Unreadable {
        endOfOne();
    }

    @Override
    public void restart() {
        throw new IllegalStateException("frames are one stream");
    }
}
