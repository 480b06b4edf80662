package dev.pawl.gateway.mcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * An answer that is one message. Its length was announced, so what is shown in its place is filled up with blanks; what is longer
 * is not shown. Used on one event loop.
 */
final class WholeAnswer implements AnswerBody {
    private final Messages messages;
    private final long most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    WholeAnswer(Messages messages, long most) {
        this.messages = messages;
        this.most = most;
    }

    @Override
    public Optional<ByteBuf> take(ByteBuf part, boolean last) {
        kept.writeBytes(ByteBufUtil.getBytes(part));
        if (kept.size() > most) {
            return Optional.empty();
        }
        if (!last) {
            return Optional.of(Unpooled.EMPTY_BUFFER);
        }
        byte[] whole = kept.toByteArray();
        byte[] shown = messages.shown(whole, false).orElse(new byte[0]);
        if (shown.length > whole.length) {
            return Optional.empty();
        }
        byte[] filled = new byte[whole.length];
        java.util.Arrays.fill(filled, (byte) ' ');
        System.arraycopy(shown, 0, filled, 0, shown.length);
        return Optional.of(Unpooled.wrappedBuffer(filled));
    }
}
