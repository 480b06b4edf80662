package dev.pawl.gateway.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One end of HTTP/2 that sends and reads frames as they are told, whether or not the protocol allows them. */
public final class Http2Frames {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 20);

    /** A frame that came; {@code text} is its payload, a character a byte. */
    public record Frame(int type, int flags, int stream, String text, Map<String, String> fields) {
        public boolean ends() {
            return (flags & END_STREAM) != 0 && (type == DATA || type == HEADERS);
        }

        /** The error code of RST_STREAM or GOAWAY. */
        public long code() {
            ByteBuf bytes = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
            return bytes.getUnsignedInt(type == GOAWAY ? 4 : 0);
        }
    }

    public Http2Frames(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    /** As a client: the preface, and settings without a value. */
    public static Http2Frames client(Socket socket) throws IOException {
        Http2Frames frames = new Http2Frames(socket);
        frames.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frames.send(SETTINGS, 0, 0, new byte[0]);
        return frames;
    }

    /** As a server: takes the client's preface, and sends settings. */
    public static Http2Frames server(Socket socket, byte... settings) throws IOException {
        Http2Frames frames = new Http2Frames(socket);
        frames.in.readNBytes(24);
        frames.send(SETTINGS, 0, 0, settings);
        return frames;
    }

    public void send(int type, int flags, int stream, byte... payload) throws IOException {
        write(type, flags, stream, payload);
        out.flush();
    }

    /** Without sending it yet. */
    public void write(int type, int flags, int stream, byte... payload) throws IOException {
        ByteBuf head = Unpooled.buffer(9);
        head.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
        out.write(ByteBufUtil.getBytes(head));
        out.write(payload);
    }

    public void flush() throws IOException {
        out.flush();
    }

    /** A whole field section; {@code fields} are names and values in turn. */
    public void headers(int stream, boolean end, String... fields) throws IOException {
        send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, section(fields));
    }

    /** Fields as they go on the wire. */
    public byte[] section(String... fields) {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(AsciiString.of(fields[i]), new AsciiString(fields[i + 1]));
        }
        ByteBuf bytes = Unpooled.buffer();
        try {
            encoder.encodeHeaders(1, headers, bytes);
        } catch (Http2Exception e) {
            throw new IllegalArgumentException(e);
        }
        return ByteBufUtil.getBytes(bytes);
    }

    public void data(int stream, boolean end, byte... bytes) throws IOException {
        send(DATA, end ? END_STREAM : 0, stream, bytes);
    }

    /** The same of a text in ASCII. */
    public void data(int stream, boolean end, String text) throws IOException {
        data(stream, end, text.getBytes(StandardCharsets.US_ASCII));
    }

    public void reset(int stream, int code) throws IOException {
        send(RST, 0, stream, integer(code));
    }

    /** Gives the peer more room; stream 0 is the connection. */
    public void window(int stream, int bytes) throws IOException {
        send(WINDOW, 0, stream, integer(bytes));
    }

    public static byte[] integer(int value) {
        return ByteBufUtil.getBytes(Unpooled.copyInt(value));
    }

    /** The next frame; settings and pings are answered. Throws EOFException at the end. */
    public Frame read() throws IOException {
        int first = in.readInt();
        int length = first >>> 8;
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        int type = first & 0xff;
        Map<String, String> fields = new TreeMap<>();
        if (type == HEADERS) {
            try {
                decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload))
                        .forEach(field -> fields.merge(
                                field.getKey().toString(), field.getValue().toString(), (a, b) -> a + ", " + b));
            } catch (Http2Exception e) {
                throw new IOException(e);
            }
        }
        if ((type == SETTINGS || type == PING) && (flags & 1) == 0) {
            send(type, 1, 0, type == PING ? payload : new byte[0]);
        }
        return new Frame(type, flags, stream, new String(payload, StandardCharsets.ISO_8859_1), fields);
    }

    /** Whether nothing comes for so long. */
    public boolean silent(int millis) throws IOException {
        int usual = socket.getSoTimeout();
        socket.setSoTimeout(millis);
        try {
            read();
            return false;
        } catch (SocketTimeoutException nothing) {
            return true;
        } finally {
            socket.setSoTimeout(usual);
        }
    }

    /** The next frame of that kind, whatever comes before it. */
    public Frame until(Predicate<Frame> wanted) throws IOException {
        Frame frame = read();
        while (!wanted.test(frame)) {
            frame = read();
        }
        return frame;
    }

    /** The next frame of that type on that stream. */
    public Frame until(int type, int stream) throws IOException {
        return until(frame -> frame.type() == type && frame.stream() == stream);
    }

    /** As a server, answers every request until the end, and keeps its path. */
    public void answer(List<String> paths) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.type() == HEADERS) {
                paths.add(String.valueOf(frame.fields().get(":path")));
                headers(frame.stream(), true, ":status", "200");
            }
        }
    }
}
