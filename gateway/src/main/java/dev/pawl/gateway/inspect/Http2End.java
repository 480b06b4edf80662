package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.function.Consumer;

/** Writes frames to one end of a connection, where its streams still stand. Used on one event loop. */
final class Http2End {
    private final Channel channel;
    private final Http2Codec codec;
    private boolean dirty;

    Http2End(Channel channel, Http2Codec codec) {
        this.channel = channel;
        this.codec = codec;
    }

    /** Takes the codec into the channel, before the handler named {@code tail}, behind the valve. */
    void start(String tail, Valve valve, int window) {
        channel.pipeline().addBefore(tail, null, valve);
        channel.pipeline().addBefore(tail, null, codec);
        Http2Connection connection = codec.connection();
        Http2Stream whole = connection.connectionStream();
        try {
            connection
                    .local()
                    .flowController()
                    .incrementWindowSize(
                            whole, window - connection.local().flowController().windowSize(whole));
        } catch (Http2Exception e) {
            throw new IllegalStateException("no window of " + window + " bytes", e);
        }
        soon();
    }

    private ChannelHandlerContext context() {
        return channel.pipeline().context(codec);
    }

    Http2Connection connection() {
        return codec.connection();
    }

    /** The id of a stream that begins here. */
    int next() {
        return codec.connection().local().incrementAndGetNextStreamId();
    }

    void headers(int stream, Http2Headers headers, boolean end, Consumer<Throwable> failed) {
        if (gone()) {
            return;
        }
        ChannelFuture written = codec.encoder().writeHeaders(context(), stream, headers, 0, end, channel.newPromise());
        var _ = written.addListener(done -> {
            if (!done.isSuccess()) {
                failed.accept(done.cause());
            }
        });
        soon();
    }

    /** Lets in what the valve held. */
    void open(Valve valve) {
        ChannelHandlerContext behind = channel.pipeline().context(valve);
        if (behind != null) {
            valve.open(behind);
        }
    }

    /** Takes over bytes; {@code written} runs once they are no more in memory, whatever became of them. */
    void data(int stream, ByteBuf bytes, boolean end, Runnable written) {
        if (!stands(stream) || (!bytes.isReadable() && !end)) {
            bytes.release();
            written.run();
            return;
        }
        var _ = codec.encoder()
                .writeData(context(), stream, bytes, 0, end, channel.newPromise())
                .addListener(_ -> written.run());
        soon();
    }

    /** Answers a stream with a refusal, and takes nothing more on it. */
    void refuse(int stream, Problem problem, boolean head) {
        byte[] body = Http2Answer.body(problem);
        headers(stream, Http2Answer.refusal(problem, body), head, _ -> {});
        // RFC 9113, 8.1: who has its answer, and is still sending, may stop. Nothing happens where both have ended.
        Runnable noMore = () -> reset(stream, Http2Error.NO_ERROR.code());
        if (head) {
            noMore.run();
        } else {
            data(stream, Unpooled.wrappedBuffer(body), true, noMore);
        }
    }

    void end(int stream) {
        data(stream, Unpooled.EMPTY_BUFFER, true, () -> {});
    }

    /** Ends a stream at once, if it still stands. */
    void reset(int stream, long code) {
        if (stands(stream)) {
            var _ = codec.encoder().writeRstStream(context(), stream, code, channel.newPromise());
            soon();
        }
    }

    /** So many bytes of a stream are no more in memory; its peer may send as many again. */
    void consume(int stream, int bytes) {
        Http2Stream known = codec.connection().stream(stream);
        if (bytes == 0 || known == null || gone()) {
            return;
        }
        try {
            if (codec.connection().local().flowController().consumeBytes(known, bytes)) {
                soon();
            }
        } catch (Http2Exception e) {
            throw new IllegalStateException("more consumed than came", e);
        }
    }

    /** How many streams the peer may have open at a time from now on. */
    void streams(long most) {
        if (!gone()) {
            Http2Settings settings = new Http2Settings().maxConcurrentStreams(most);
            var _ = codec.encoder().writeSettings(context(), settings, channel.newPromise());
            soon();
        }
    }

    /** Tells the peer to begin nothing more here. */
    void goAway() {
        if (!gone() && !codec.connection().goAwaySent()) {
            int last = codec.connection().remote().lastStreamCreated();
            var _ = codec.goAway(
                    context(), last, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, channel.newPromise());
            soon();
        }
    }

    /** Sends what was written, once whatever wrote it is done. */
    private void soon() {
        if (!dirty) {
            dirty = true;
            channel.eventLoop().execute(this::flush);
        }
    }

    /** Sends what was written. */
    void flush() {
        if (dirty && !gone()) {
            dirty = false;
            codec.flush(context());
        }
    }

    private boolean stands(int stream) {
        Http2Stream known = codec.connection().stream(stream);
        return stream > 0 && !gone() && known != null && known.state() != Http2Stream.State.CLOSED;
    }

    private boolean gone() {
        return !channel.isActive() || channel.pipeline().context(codec) == null;
    }
}
