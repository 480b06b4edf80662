package dev.pawl.gateway.identify;

/**
 * Takes the payloads out of the frames of one direction of a WebSocket (RFC 6455, 5.2), byte by byte, unmasked, and has
 * them listened to. A message that is compressed is passed over.
 */
final class WebSocketFrames {
    private static final int FIN_AND_OPCODE = 0x8f;
    private static final int HEAD_LIMIT = 14;
    private static final String SSH = "SSH-";

    private final StratumEar ear = new StratumEar();
    private final int[] head = new int[HEAD_LIMIT];
    private final StringBuilder first = new StringBuilder();
    private int headCount;
    private long left;
    private int masked;
    private boolean plain;
    private boolean broken;

    /** Takes the next byte. */
    void accept(int b) {
        if (broken) {
            return;
        }
        if (left > 0) {
            payload(b);
            return;
        }
        head[headCount++] = b;
        if (headCount >= 2 && headCount == headLength()) {
            begin();
        }
    }

    private int headLength() {
        int length = head[1] & 0x7f;
        return 2 + (length == 127 ? 8 : length == 126 ? 2 : 0) + ((head[1] & 0x80) == 0 ? 0 : 4);
    }

    private void begin() {
        int opcode = head[0] & 0xf;
        boolean known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
        long length = head[1] & 0x7f;
        if (length >= 126) {
            int bytes = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | head[2 + i];
            }
        }
        broken = !known || length < 0;
        plain = (head[0] & ~FIN_AND_OPCODE) == 0 && opcode <= 2;
        left = length;
        masked = 0;
        if (left == 0) {
            over();
        }
    }

    private void payload(int b) {
        boolean mask = (head[1] & 0x80) != 0;
        int clear = mask ? b ^ head[headCount - 4 + (masked & 3)] : b;
        masked++;
        left--;
        if (plain) {
            ear.accept(clear);
            if (first.length() < SSH.length()) {
                first.append((char) clear);
            }
        }
        if (left == 0) {
            over();
        }
    }

    /** A message often has no line feed, and the next begins a value of its own. */
    private void over() {
        if (plain && (head[0] & 0x80) != 0) {
            ear.accept('\n');
        }
        headCount = 0;
    }

    StratumEar ear() {
        return ear;
    }

    /** Whether the payload begins as SSH does. */
    boolean ssh() {
        return first.toString().equals(SSH);
    }
}
