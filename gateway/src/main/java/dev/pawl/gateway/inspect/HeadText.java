package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes heads of HTTP/1 and what frames their bodies. What a field says was checked when it was read. */
final class HeadText {
    static final ByteBuf LAST_CHUNK = unreleasable("0\r\n\r\n");
    private static final byte[] CRLF = {'\r', '\n'};

    private HeadText() {}

    /** A request as it goes on. */
    static ByteBuf request(
            ByteBufAllocator allocator, Head head, Framing framing, boolean version10, boolean upgrade, boolean last) {
        ByteBuf out = allocator.buffer(512);
        ascii(out, head.method());
        out.writeByte(' ');
        ascii(out, head.target());
        ascii(out, version10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        field(out, "Host", head.authority());
        fields(out, head.headers());
        if (framing instanceof Framing.Length(long bytes)
                && (bytes > 0 || !List.of("GET", "HEAD", "OPTIONS", "DELETE").contains(head.method()))) {
            field(out, "Content-Length", Long.toString(bytes));
        } else if (framing instanceof Framing.Chunked) {
            field(out, "Transfer-Encoding", "chunked");
        }
        if (upgrade) {
            field(out, "Connection", "Upgrade");
            field(out, "Upgrade", "websocket");
        } else if (last) {
            field(out, "Connection", "close");
        } else if (version10) {
            field(out, "Connection", "keep-alive");
        }
        return out.writeBytes(CRLF);
    }

    /** An answer as it goes on; {@code upgrade} names the protocol that follows, or is empty. */
    static ByteBuf answer(
            ByteBufAllocator allocator,
            Answered.Response answer,
            Framing framing,
            boolean last,
            boolean version10,
            String upgrade) {
        ByteBuf out = allocator.buffer(512);
        ascii(out, "HTTP/1.1 ");
        ascii(out, Integer.toString(answer.status()));
        out.writeByte(' ');
        ascii(out, answer.reason());
        out.writeBytes(CRLF);
        fields(out, answer.fields());
        if (framing instanceof Framing.Length(long bytes) && !answer.empty()) {
            field(out, "Content-Length", Long.toString(bytes));
        } else if (framing instanceof Framing.Chunked) {
            field(out, "Transfer-Encoding", "chunked");
        }
        if (!upgrade.isEmpty()) {
            field(out, "Connection", "Upgrade");
            field(out, "Upgrade", upgrade);
        } else if (answer.status() >= 200 && last) {
            field(out, "Connection", "close");
        } else if (answer.status() >= 200 && version10) {
            field(out, "Connection", "keep-alive");
        }
        return out.writeBytes(CRLF);
    }

    /** The line before a chunk. */
    static ByteBuf chunkLine(ByteBufAllocator allocator, int bytes) {
        ByteBuf out = allocator.buffer(10);
        ascii(out, Integer.toHexString(bytes));
        return out.writeBytes(CRLF);
    }

    /** The line after a chunk. */
    static ByteBuf chunkEnd(ByteBufAllocator allocator) {
        return allocator.buffer(2).writeBytes(CRLF);
    }

    /** The last chunk with trailers. */
    static ByteBuf trailers(ByteBufAllocator allocator, List<Header> trailers) {
        if (trailers.isEmpty()) {
            return LAST_CHUNK.retainedDuplicate();
        }
        ByteBuf out = allocator.buffer(256);
        ascii(out, "0\r\n");
        fields(out, trailers);
        return out.writeBytes(CRLF);
    }

    /** The lines of some fields; nothing where there are none. */
    static ByteBuf fields(List<Header> headers) {
        if (headers.isEmpty()) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf lines = Unpooled.buffer();
        fields(lines, headers);
        return lines;
    }

    /** Fields as text, each on its line. */
    static void fields(ByteBuf out, List<Header> fields) {
        for (Header field : fields) {
            field(out, field.name(), field.value());
        }
    }

    private static void field(ByteBuf out, String name, String value) {
        ascii(out, name);
        out.writeShort(0x3a20); // colon, blank
        latin(out, value);
        out.writeBytes(CRLF);
    }

    private static void ascii(ByteBuf out, String text) {
        ByteBufUtil.writeAscii(out, text);
    }

    private static void latin(ByteBuf out, String value) {
        out.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ByteBuf unreleasable(String text) {
        return io.netty.buffer.Unpooled.unreleasableBuffer(
                io.netty.buffer.Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
