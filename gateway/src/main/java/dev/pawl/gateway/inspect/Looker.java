package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** One look at one body, with what is kept back of it. Used on one event loop. */
final class Looker {
    private final Judge judge;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;

    /** Says what of a body goes on: {@link Outgoing#body} or {@link Outgoing#answerBody}. */
    interface Judge {
        Ruling of(ByteBuf part, boolean last);
    }

    /** What comes of a look; {@code forward} is to be released. */
    record Seen(
            ByteBuf forward,
            Ruling.@Nullable Refuse refusal,
            @Nullable Ruling hold,
            Ruling.@Nullable After after) {
        Seen(ByteBuf forward) {
            this(forward, null, null, null);
        }
    }

    Looker(Judge judge) {
        this.judge = judge;
    }

    /**
     * Shows it a part of the body, which it takes over.
     *
     * After a hold, or where something has to be done first, nothing new may be shown but what was held, by an empty part with the same fields.
     *
     * @param fields what of the trailers it has to see, empty unless {@code last}
     * @throws IllegalStateException where what it says is no answer
     */
    Seen look(ByteBuf part, ByteBuf fields, boolean last) {
        ByteBuf all = kept.isReadable() ? Unpooled.wrappedBuffer(kept, part) : part;
        kept = Unpooled.EMPTY_BUFFER;
        try {
            ByteBuf shown = fields.isReadable()
                    ? Unpooled.wrappedBuffer(all.retainedSlice(), fields.retainedSlice())
                    : all.retainedDuplicate();
            int length = shown.readableBytes();
            Ruling ruling;
            try {
                ruling = judge.of(shown, last);
            } finally {
                shown.release();
            }
            return switch (ruling) {
                case Ruling.Refuse refusal -> new Seen(Unpooled.EMPTY_BUFFER, refusal, null, null);
                case Ruling.Hold _, Ruling.Spend _, Ruling.Decide _ -> {
                    kept = Unpooled.copiedBuffer(all);
                    yield new Seen(Unpooled.EMPTY_BUFFER, null, ruling, null);
                }
                case Ruling.After after -> {
                    kept = Unpooled.copiedBuffer(all);
                    yield new Seen(Unpooled.EMPTY_BUFFER, null, null, after);
                }
                case Ruling.Forward(int bytes) -> new Seen(forward(all, bytes, length, last));
                case Ruling.Replace(int bytes, ByteBuf by) -> new Seen(replace(all, bytes, length, by));
                case Ruling.Pass _, Ruling.Show _, Ruling.Gather _ ->
                    throw new IllegalStateException("a body is forwarded or refused");
            };
        } finally {
            all.release();
        }
    }

    private ByteBuf forward(ByteBuf all, int bytes, int length, boolean last) {
        if (bytes < 0 || bytes > length || (last && bytes != length)) {
            throw new IllegalStateException("not so many bytes can be forwarded: " + bytes + " of " + length);
        }
        ByteBuf forward = all.readRetainedSlice(Math.min(bytes, all.readableBytes()));
        if (all.readableBytes() > Outgoing.MOST_KEPT) {
            forward.release();
            throw new IllegalStateException("too much is kept back: " + all.readableBytes());
        }
        // A copy: a slice would keep the whole of what was received.
        kept = all.isReadable() ? Unpooled.copiedBuffer(all) : Unpooled.EMPTY_BUFFER;
        return forward;
    }

    /** All that came is replaced at once; trailers cannot be. */
    private static ByteBuf replace(ByteBuf all, int bytes, int length, ByteBuf by) {
        if (bytes != length || bytes != all.readableBytes()) {
            by.release();
            throw new IllegalStateException("not so many bytes can be replaced: " + bytes + " of " + length);
        }
        return by;
    }

    void close() {
        kept.release();
        kept = Unpooled.EMPTY_BUFFER;
    }
}
