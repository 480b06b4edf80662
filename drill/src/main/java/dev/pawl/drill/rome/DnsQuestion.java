package dev.pawl.drill.rome;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The first question of a DNS message (RFC 1035, section 4). */
sealed interface DnsQuestion {
    int HEADER_BYTES = 12;
    int MAX_NAME_CHARACTERS = 253;

    /** A question; {@code section} is the question section as received, a byte a character; {@code name} is lower-case
     * without final dot. */
    record Asked(int id, boolean recursion, String name, int type, String section) implements DnsQuestion {
        /** An answer with one address, or with {@code code} and no answer where {@code address} is empty. */
        byte[] answer(int code, byte[] address) {
            byte[] bytes = section.getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer message = ByteBuffer.allocate(HEADER_BYTES + bytes.length + 16 + address.length);
            message.putShort((short) id).putShort((short) (0x8400 | (recursion ? 0x0100 : 0) | code));
            message.putShort((short) 1)
                    .putShort((short) (address.length > 0 ? 1 : 0))
                    .putInt(0);
            message.put(bytes);
            if (address.length > 0) {
                message.putShort((short) (0xc000 | HEADER_BYTES))
                        .putShort((short) 1)
                        .putShort((short) 1);
                message.putInt(0).putShort((short) address.length).put(address);
            }
            return Arrays.copyOf(message.array(), message.position());
        }
    }

    /** Not a question. */
    record Malformed(String why) implements DnsQuestion {}

    /** Reads {@code length} bytes of {@code data}; never throws. */
    static DnsQuestion parse(byte[] data, int length) {
        ByteBuffer message = ByteBuffer.wrap(data, 0, length);
        if (length < HEADER_BYTES) {
            return new Malformed("shorter than a header");
        }
        int id = message.getShort() & 0xffff;
        int flags = message.getShort();
        int questions = message.getShort() & 0xffff;
        if ((flags & 0x8000) != 0 || questions != 1) {
            return new Malformed("not one question");
        }
        message.position(HEADER_BYTES);
        StringBuilder name = new StringBuilder();
        while (message.hasRemaining()) {
            int label = message.get() & 0xff;
            if (label == 0) {
                return end(message, data, id, flags, name.toString());
            }
            if (label > 63 || label > message.remaining() || name.length() + label + 1 > MAX_NAME_CHARACTERS) {
                return new Malformed("bad label");
            }
            byte[] text = new byte[label];
            message.get(text);
            if (!name.isEmpty()) {
                name.append('.');
            }
            name.append(new String(text, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        }
        return new Malformed("name without end");
    }

    private static DnsQuestion end(ByteBuffer message, byte[] data, int id, int flags, String name) {
        if (message.remaining() < 4) {
            return new Malformed("no type");
        }
        int type = message.getShort() & 0xffff;
        message.getShort();
        String section = new String(data, HEADER_BYTES, message.position() - HEADER_BYTES, StandardCharsets.ISO_8859_1);
        return new Asked(id, (flags & 0x0100) != 0, name, type, section);
    }
}
