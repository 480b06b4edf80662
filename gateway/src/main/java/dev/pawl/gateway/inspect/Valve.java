package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stands before a codec that reads and writes by itself: holds what comes in while the run stands still, counts what
 * passes, and lets nothing out that no budget allows. Used on one event loop.
 */
final class Valve extends ChannelDuplexHandler {
    private final Standstill standstill;
    private final Meter meter;
    private final Deque<ByteBuf> held = new ArrayDeque<>();

    /** Counts plain bytes. */
    interface Meter {
        /** So many came in. */
        void in(int bytes);

        /** Whether so many may go out; they count if so. */
        boolean out(int bytes);
    }

    Valve(Standstill standstill, Meter meter) {
        this.standstill = standstill;
        this.meter = meter;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        meter.in(bytes.readableBytes());
        if (standstill.still()) {
            held.add(bytes);
        } else {
            context.fireChannelRead(bytes);
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (!standstill.still()) {
            context.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes && !meter.out(bytes.readableBytes())) {
            bytes.release();
            promise.tryFailure(new ClosedChannelException());
        } else {
            var _ = context.write(message, promise);
        }
    }

    /** Lets in what was held. */
    void open(ChannelHandlerContext context) {
        while (!held.isEmpty() && !standstill.still()) {
            context.fireChannelRead(held.remove());
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        held.forEach(ByteBuf::release);
        held.clear();
    }
}
