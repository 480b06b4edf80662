package dev.pawl.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds questions and reads answers, byte by byte. */
public final class DnsMessages {
    public static final int A = 1;
    public static final int AAAA = 28;

    /** An answer; {@code data} is that of its only record, empty if it has none. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Answer(int id, int flags, int code, byte[] question, int answers, byte[] data, boolean edns) {
        @Override
        public String toString() {
            return "Answer[code=%d, answers=%d, data=%s]".formatted(code, answers, Arrays.toString(data));
        }
    }

    private DnsMessages() {}

    /** A recursive question, with an OPT record if {@code edns}. */
    public static byte[] question(int id, String name, int type, boolean edns) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            wire.write(label.length());
            wire.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        wire.write(0);
        return question(id, wire.toByteArray(), type, edns);
    }

    /** The same for a name in wire form. */
    public static byte[] question(int id, byte[] name, int type, boolean edns) {
        ByteBuffer out = ByteBuffer.allocate(12 + name.length + 4 + (edns ? 11 : 0));
        out.putShort((short) id).putShort((short) 0x0120).putShort((short) 1).putInt(0);
        out.putShort((short) (edns ? 1 : 0));
        out.put(name).putShort((short) type).putShort((short) 1);
        if (edns) {
            out.put((byte) 0)
                    .putShort((short) 41)
                    .putShort((short) 4096)
                    .putInt(0)
                    .putShort((short) 0);
        }
        return out.array();
    }

    /** Reads an answer whose name, if any, is a pointer to the question. */
    public static Answer read(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        int id = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        int questions = in.getShort();
        int answers = in.getShort();
        in.getShort();
        int additional = in.getShort();
        int start = in.position();
        if (questions == 1) {
            for (int length = in.get(); length != 0; length = in.get()) {
                in.position(in.position() + length);
            }
            in.getInt();
        }
        byte[] question = Arrays.copyOfRange(message, start, in.position());
        byte[] data = new byte[0];
        if (answers == 1) {
            in.position(in.position() + 10);
            data = new byte[in.getShort()];
            in.get(data);
        }
        int code = flags & 0xf;
        if (additional == 1) {
            in.position(in.position() + 5);
            code |= (in.get() & 0xff) << 4;
            in.position(in.position() + 3);
            in.position(in.position() + 2 + in.getShort(in.position()));
        }
        if (in.hasRemaining()) {
            throw new AssertionError(in.remaining() + " bytes too many");
        }
        return new Answer(id, flags, code, question, answers, data, additional == 1);
    }
}
