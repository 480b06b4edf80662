package dev.pawl.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes answers. They hold at most one record and stay far below 512 bytes, so none is ever truncated. */
final class DnsReply {
    static final int NOERROR = 0;
    static final int SERVFAIL = 2;
    static final int NXDOMAIN = 3;

    static final int TTL_SECONDS = 60;

    private static final int RESPONSE = 0x8000;
    private static final int RECURSION_AVAILABLE = 0x0080;
    /** Opcode, RD and CD come back as they were asked (RFC 1035, 4.1.1; RFC 4035, 3.2.2). */
    private static final int ECHOED = 0x7800 | 0x0100 | 0x0010;

    private static final int PAYLOAD_SIZE = 1232;
    private static final int TYPE_OPT = 41;
    private static final int OPTION_EDE = 15;
    private static final int EDE_BLOCKED = 15;
    private static final int EDE_TEXT_LIMIT = 200;
    private static final int POINTER_TO_QUESTION = 0xc00c;

    private DnsReply() {}

    /** A header alone, with an OPT record where the code needs one. */
    static byte[] rejected(DnsQuery.Rejected query) {
        boolean extended = query.code() > 15;
        return message(out -> {
            header(out, query.id(), query.flags(), query.code(), 0, 0, extended ? 1 : 0);
            if (extended) {
                opt(out, query.code() >> 4, null);
            }
        });
    }

    /** A code without answers; a denial says why as an Extended DNS Error (RFC 8914) to clients that take EDNS. */
    static byte[] empty(DnsQuery.Question query, int code, Optional<String> denial) {
        return message(out -> {
            header(out, query.id(), query.flags(), code, 1, 0, query.edns() ? 1 : 0);
            out.write(query.wire());
            if (query.edns()) {
                opt(out, 0, denial.orElse(null));
            }
        });
    }

    /** One record of the type that was asked. */
    static byte[] answer(DnsQuery.Question query, byte[] data) {
        return message(out -> {
            header(out, query.id(), query.flags(), NOERROR, 1, 1, query.edns() ? 1 : 0);
            out.write(query.wire());
            out.writeShort(POINTER_TO_QUESTION);
            out.writeShort(query.type());
            out.writeShort(1);
            out.writeInt(TTL_SECONDS);
            out.writeShort(data.length);
            out.write(data);
            if (query.edns()) {
                opt(out, 0, null);
            }
        });
    }

    /** A name as labels. */
    static byte[] name(String name) {
        return message(out -> {
            for (String label : name.split("\\.", -1)) {
                byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
                out.writeByte(bytes.length);
                out.write(bytes);
            }
            out.writeByte(0);
        });
    }

    private static void header(
            DataOutputStream out, int id, int flags, int code, int questions, int answers, int additional)
            throws IOException {
        out.writeShort(id);
        out.writeShort(RESPONSE | (flags & ECHOED) | RECURSION_AVAILABLE | (code & 0xf));
        out.writeShort(questions);
        out.writeShort(answers);
        out.writeShort(0);
        out.writeShort(additional);
    }

    private static void opt(DataOutputStream out, int extendedCode, @Nullable String denial) throws IOException {
        byte[] text = denial == null ? new byte[0] : denial.getBytes(StandardCharsets.UTF_8);
        if (text.length > EDE_TEXT_LIMIT) {
            text = Arrays.copyOf(text, EDE_TEXT_LIMIT);
        }
        out.writeByte(0);
        out.writeShort(TYPE_OPT);
        out.writeShort(PAYLOAD_SIZE);
        out.writeInt(extendedCode << 24);
        if (denial == null) {
            out.writeShort(0);
        } else {
            out.writeShort(4 + 2 + text.length);
            out.writeShort(OPTION_EDE);
            out.writeShort(2 + text.length);
            out.writeShort(EDE_BLOCKED);
            out.write(text);
        }
    }

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] message(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
