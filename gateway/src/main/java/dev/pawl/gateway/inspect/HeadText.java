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
    /** Characters of most heads. */
    private static final int LONG = 512;

    private HeadText() {}

    /** A request as it goes on. */
    static ByteBuf request(
            ByteBufAllocator allocator, Head head, Framing framing, boolean version10, boolean upgrade, boolean last) {
        StringBuilder out = new StringBuilder(LONG);
        out.append(head.method()).append(' ').append(head.target());
        out.append(version10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
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
        return written(allocator, out.append("\r\n"));
    }

    /** An answer as it goes on; {@code upgrade} names the protocol that follows, or is empty. */
    static ByteBuf answer(
            ByteBufAllocator allocator,
            Answered.Response answer,
            Framing framing,
            boolean last,
            boolean version10,
            String upgrade) {
        StringBuilder out = new StringBuilder(LONG);
        out.append("HTTP/1.1 ").append(answer.status()).append(' ');
        out.append(answer.reason()).append("\r\n");
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
        return written(allocator, out.append("\r\n"));
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
        StringBuilder out = new StringBuilder(LONG).append("0\r\n");
        fields(out, trailers);
        return written(allocator, out.append("\r\n"));
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
        StringBuilder text = new StringBuilder(LONG);
        fields(text, fields);
        out.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void fields(StringBuilder out, List<Header> fields) {
        for (Header field : fields) {
            field(out, field.name(), field.value());
        }
    }

    private static void field(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }

    /** One character a byte: gathered as text, since a text is copied as a whole, and a buffer written byte by byte. */
    private static ByteBuf written(ByteBufAllocator allocator, StringBuilder text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        return allocator.buffer(bytes.length).writeBytes(bytes);
    }

    private static void ascii(ByteBuf out, String text) {
        ByteBufUtil.writeAscii(out, text);
    }

    private static ByteBuf unreleasable(String text) {
        return io.netty.buffer.Unpooled.unreleasableBuffer(
                io.netty.buffer.Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
