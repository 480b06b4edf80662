package dev.pawl.gateway.inspect;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.ByteToMessageDecoder;

/** One side of an inspected connection, and what it sent that was not yet understood. Used on one event loop. */
final class Peer {
    /** Bytes that may wait here before the side is read no further. */
    private static final int AHEAD = 128 << 10;

    private final Channel channel;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;
    /** Something was written since the last flush. A flush goes through all of the pipeline, with nothing to do too. */
    private boolean written;

    Peer(Channel channel) {
        this.channel = channel;
    }

    ByteBufAllocator alloc() {
        return channel.alloc();
    }

    /** Whether it takes more bytes without their waiting in memory. */
    boolean writable() {
        return channel.isWritable();
    }

    /** Takes over bytes that came from it. */
    void came(ByteBuf bytes) {
        unread = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(channel.alloc(), unread, bytes);
    }

    ByteBuf unread() {
        return unread;
    }

    /** All that is unread; to be released. */
    ByteBuf take() {
        return unread.readRetainedSlice(unread.readableBytes());
    }

    boolean full() {
        return unread.readableBytes() >= AHEAD;
    }

    /** Takes over bytes for it; they go with the next flush. */
    void write(ByteBuf bytes) {
        written = true;
        done(channel.write(bytes));
    }

    void flush() {
        if (written) {
            written = false;
            channel.flush();
        }
    }

    /** Also what others wrote to its channel. */
    void flushAll() {
        written = false;
        channel.flush();
    }

    void read() {
        channel.read();
    }

    void close() {
        drop();
        done(channel.close());
    }

    /** Closes once all that was written is sent, and then runs {@code closed}. */
    void closeAfterWrites(Runnable closed) {
        drop();
        var _ = channel.closeFuture().addListener(_ -> closed.run());
        done(channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> done(channel.close())));
    }

    /** Bytes that were written and that it has not taken. */
    long pending() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    /** Closes so that the peer sees that something is missing. */
    void reset() {
        drop();
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (RuntimeException e) {
            // A socket that is already dead needs no reset.
        }
        done(channel.close());
    }

    private void drop() {
        unread.release();
        unread = Unpooled.EMPTY_BUFFER;
    }

    /** What fails closes the channel, which is heard of. */
    @CanIgnoreReturnValue
    private static ChannelFuture done(ChannelFuture future) {
        return future;
    }
}
