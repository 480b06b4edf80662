package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of one message of HTTP/1 out of a stream of bytes, and keeps nothing of it: only what frames a chunk
 * has to be whole (RFC 9112, 7.1). Used on one event loop.
 */
final class BodyReader {
    /** What stands next in the stream. */
    sealed interface Step {
        /** Nothing, before more bytes come. */
        record More() implements Step {}

        /** A part of the body; whoever asks releases it. */
        record Part(ByteBuf bytes) implements Step {}

        /** The end. */
        record End(List<Header> trailers) implements Step {}

        /** No body. */
        record Bad(String reason) implements Step {}
    }

    private enum State {
        BYTES,
        CHUNK_LINE,
        CHUNK_END,
        TRAILERS,
        OVER
    }

    private static final Step MORE = new Step.More();
    private static final Step END = new Step.End(List.of());
    private static final Step BAD_CHUNK = new Step.Bad("a chunk's length is no hexadecimal number");
    private static final Step BAD_END = new Step.Bad("a chunk does not end where its length says");

    private final boolean chunked;
    private final HeadReader trailers = new HeadReader(true);
    private State state;
    private long left;

    BodyReader(Framing framing) {
        switch (framing) {
            case Framing.Length(long bytes) -> {
                chunked = false;
                left = bytes;
                state = bytes == 0 ? State.OVER : State.BYTES;
            }
            case Framing.Chunked _ -> {
                chunked = true;
                state = State.CHUNK_LINE;
            }
            case Framing.UntilClose _ -> {
                chunked = false;
                left = Long.MAX_VALUE;
                state = State.BYTES;
            }
            case Framing.Bad(String reason) -> throw new IllegalArgumentException(reason);
        }
    }

    /** Whether the end was reached. */
    boolean over() {
        return state == State.OVER;
    }

    /** The next step; after an end, an end again. */
    Step next(ByteBuf in) {
        while (true) {
            switch (state) {
                case OVER -> {
                    return END;
                }
                case BYTES -> {
                    return bytes(in);
                }
                case CHUNK_LINE -> {
                    Step step = chunkLine(in);
                    if (step != null) {
                        return step;
                    }
                }
                case CHUNK_END -> {
                    if (in.readableBytes() < 2) {
                        return MORE;
                    }
                    if (in.readShort() != 0x0d0a) {
                        return BAD_END;
                    }
                    state = State.CHUNK_LINE;
                }
                case TRAILERS -> {
                    return switch (trailers.read(in)) {
                        case HeadReader.Result.More _ -> MORE;
                        case HeadReader.Result.Bad(int _, String reason) -> new Step.Bad("in the trailers, " + reason);
                        case HeadReader.Result.Whole(String _, List<Header> fields) -> {
                            state = State.OVER;
                            yield fields.isEmpty() ? END : new Step.End(fields);
                        }
                    };
                }
            }
        }
    }

    private Step bytes(ByteBuf in) {
        if (!in.isReadable()) {
            return MORE;
        }
        int count = (int) Math.min(left, in.readableBytes());
        left -= count;
        if (left == 0) {
            state = chunked ? State.CHUNK_END : State.OVER;
        }
        return new Step.Part(in.readRetainedSlice(count));
    }

    /** Null where the next state has something to say. */
    private @Nullable Step chunkLine(ByteBuf in) {
        int start = in.readerIndex();
        int lf = in.indexOf(start, Math.min(in.writerIndex(), start + Limits.CHUNK_LINE), (byte) '\n');
        if (lf < 0) {
            return in.readableBytes() < Limits.CHUNK_LINE ? MORE : BAD_CHUNK;
        }
        if (lf == start || in.getByte(lf - 1) != '\r') {
            return BAD_CHUNK;
        }
        long length = 0;
        int at = start;
        for (; at < lf - 1; at++) {
            int digit = Character.digit(in.getByte(at), 16);
            if (digit < 0) {
                break;
            }
            if (at - start >= 15) {
                return BAD_CHUNK;
            }
            length = length * 16 + digit;
        }
        if (at == start || !extension(in, at, lf - 1)) {
            return BAD_CHUNK;
        }
        in.readerIndex(lf + 1);
        left = length;
        state = length == 0 ? State.TRAILERS : State.BYTES;
        return null;
    }

    /** Extensions are thrown away, but nothing else may stand there, and no CR. */
    private static boolean extension(ByteBuf in, int from, int to) {
        if (from == to) {
            return true;
        }
        byte first = in.getByte(from);
        if (first != ';' && first != ' ' && first != '\t') {
            return false;
        }
        boolean semicolon = false;
        for (int i = from; i < to; i++) {
            byte b = in.getByte(i);
            if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
                return false;
            }
            semicolon |= b == ';';
            if (!semicolon && b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
