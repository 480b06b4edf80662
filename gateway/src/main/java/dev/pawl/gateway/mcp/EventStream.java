package dev.pawl.gateway.mcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * An answer that is a stream of events (HTML, "Server-sent events"), passed on event by event. An event whose message is shown as it
 * is passes byte for byte; what follows the last whole event is no event. Where a length was announced, what is shown in place of
 * an event is filled up with empty lines, and what is longer is not shown. Used on one event loop.
 */
final class EventStream implements AnswerBody {
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

    private final Messages messages;
    private final long most;
    /** The event so far, as it came. */
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    /** Its lines that carry no data. */
    private final ByteArrayOutputStream other = new ByteArrayOutputStream();

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean hasData;
    private boolean tooLong;
    private boolean afterReturn;
    private boolean first = true;
    private final boolean announced;
    private boolean unfit;

    /** {@code announced} is whether the length of the answer was. */
    EventStream(Messages messages, long most, boolean announced) {
        this.announced = announced;
        this.messages = messages;
        this.most = most;
    }

    @Override
    public Optional<ByteBuf> take(ByteBuf part, boolean last) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        for (int i = part.readerIndex(); i < part.writerIndex(); i++) {
            next(part.getByte(i), shown);
        }
        if (last) {
            fill(shown, shown.size());
        }
        return unfit ? Optional.empty() : Optional.of(Unpooled.wrappedBuffer(shown.toByteArray()));
    }

    private void next(byte b, ByteArrayOutputStream shown) {
        boolean secondOfTwo = afterReturn && b == '\n';
        afterReturn = b == '\r';
        keep(raw, b);
        if (secondOfTwo) {
            if (raw.size() == 1) {
                // It ended the event before, which is gone.
                raw.reset();
                shown.write(b);
            }
        } else if (b == '\n' || b == '\r') {
            ended(shown);
        } else {
            keep(line, b);
        }
    }

    private void keep(ByteArrayOutputStream into, byte b) {
        if (into.size() > most + 1024) {
            tooLong = true;
        } else {
            into.write(b);
        }
    }

    private void ended(ByteArrayOutputStream shown) {
        byte[] text = unmarked(line.toByteArray());
        line.reset();
        if (text.length == 0) {
            event(shown);
        } else if (isData(text)) {
            int from =
                    text.length > DATA.length + 1 && text[DATA.length + 1] == ' ' ? DATA.length + 2 : DATA.length + 1;
            if (hasData) {
                data.write('\n');
            }
            hasData = true;
            data.write(text, Math.min(from, text.length), Math.max(0, text.length - from));
        } else {
            other.writeBytes(text);
            other.write('\n');
        }
    }

    /** A mark of the byte order at the beginning of the stream is no part of its first line. */
    private byte[] unmarked(byte[] text) {
        boolean marked =
                first && text.length >= 3 && text[0] == (byte) 0xef && text[1] == (byte) 0xbb && text[2] == (byte) 0xbf;
        first = false;
        return marked ? Arrays.copyOfRange(text, 3, text.length) : text;
    }

    private static boolean isData(byte[] text) {
        return text.length >= DATA.length
                && Arrays.equals(text, 0, DATA.length, DATA, 0, DATA.length)
                && (text.length == DATA.length || text[DATA.length] == ':');
    }

    private void event(ByteArrayOutputStream shown) {
        int before = shown.size();
        byte[] message = data.toByteArray();
        if (message.length == 0 && !tooLong) {
            shown.writeBytes(raw.toByteArray());
        } else {
            Optional<byte[]> instead = messages.shown(message, tooLong || message.length > most);
            if (instead.isPresent() && Arrays.equals(instead.get(), message)) {
                shown.writeBytes(raw.toByteArray());
            } else if (instead.isPresent()) {
                shown.writeBytes(other.toByteArray());
                for (String part : new String(instead.get(), StandardCharsets.UTF_8).split("\n", -1)) {
                    shown.writeBytes(("data: " + part + "\n").getBytes(StandardCharsets.UTF_8));
                }
                shown.write('\n');
            }
        }
        fill(shown, before);
        raw.reset();
        other.reset();
        data.reset();
        hasData = false;
        tooLong = false;
    }

    /** Makes what is shown of an event, from there on, as long as the event was. */
    private void fill(ByteArrayOutputStream shown, int from) {
        int missing = raw.size() - (shown.size() - from);
        unfit |= announced && (missing < 0 || tooLong);
        for (int i = 0; announced && i < missing; i++) {
            shown.write('\n');
        }
    }
}
