package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.collection.IntObjectMap;

/** Frames of one end, by the exchanges whose streams they belong to. Used on one event loop. */
abstract class Http2Frames extends Http2FrameAdapter {
    private final IntObjectMap<Http2Exchange> exchanges;

    Http2Frames(IntObjectMap<Http2Exchange> exchanges) {
        this.exchanges = exchanges;
    }

    /** A field section came, on a stream that has an exchange or not. */
    abstract void headers(int stream, Http2Headers headers, boolean end) throws Http2Exception;

    /** A part of a body came, to be released; {@code flow} is what the window gets back for it in the end. */
    abstract void data(Http2Exchange exchange, ByteBuf bytes, int flow, boolean end);

    @Override
    public final void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        headers(stream, headers, end);
    }

    /** Priorities say nothing here. */
    @Override
    public final void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        headers(stream, headers, end);
    }

    /** What belongs to no exchange any more gives its room back at once. */
    @Override
    public final int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end) {
        Http2Exchange exchange = exchanges.get(stream);
        int flow = data.readableBytes() + padding;
        if (exchange == null) {
            return flow;
        }
        data(exchange, data.retain(), flow, end);
        return 0;
    }
}
