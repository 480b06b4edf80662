package dev.pawl.gateway.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a request, its answer, the next request. What is refused before its body was read ends the
 * connection, so that nobody has to tell a body from the next request. Its event loop's alone.
 */
final class Conversation extends SimpleChannelInboundHandler<HttpObject> {
    static final int MOST_BYTES = 256 << 10;

    private static final int PARTING_SECONDS = 2;
    private static final String REQUEST_ID = "X-Request-ID";
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final Token token;
    private final Service service;
    private final Executor workers;
    private final Semaphore atOnce;
    private final long patienceMillis;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable HttpRequest request;
    private @Nullable Future<?> deadline;
    private boolean over;

    Conversation(Token token, Service service, Executor workers, Semaphore atOnce, long patienceMillis) {
        this.patienceMillis = patienceMillis;
        this.token = token;
        this.service = service;
        this.workers = workers;
        this.atOnce = atOnce;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        await(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        came();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (over) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            refuse(context, 400, "this is no request of HTTP/1.1 with a head of at most 8 KiB");
            return;
        }
        if (part instanceof HttpRequest head) {
            request = head;
            body.reset();
            if (!admitted(context, head)) {
                return;
            }
        }
        if (part instanceof HttpContent content && !taken(context, content.content())) {
            return;
        }
        HttpRequest asked = request;
        if (part instanceof LastHttpContent && asked != null) {
            // What follows waits in the handler before this one.
            context.channel().config().setAutoRead(false);
            answer(context, asked, body.toByteArray());
        }
    }

    private boolean admitted(ChannelHandlerContext context, HttpRequest head) {
        if (!once(head, HttpHeaderNames.AUTHORIZATION)
                || !token.shown(head.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            refuse(context, 401, "the request needs Authorization: Bearer with the token of this endpoint");
        } else if (!service.serves(head.uri())) {
            refuse(context, 404, "nothing is served at this path");
        } else if (!head.method().equals(HttpMethod.POST)) {
            refuse(context, 405, "POST is asked for");
        } else if (!json(head)) {
            refuse(context, 415, "the body has to be application/json");
        } else if (HttpUtil.getContentLength(head, 0L) > MOST_BYTES) {
            refuse(context, 413, "the body is longer than " + MOST_BYTES + " bytes");
        } else {
            if (HttpUtil.is100ContinueExpected(head)) {
                done(context.writeAndFlush(new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER)));
            }
            return true;
        }
        return false;
    }

    private static boolean once(HttpRequest head, CharSequence name) {
        List<String> values = head.headers().getAll(name);
        return values.size() <= 1;
    }

    private static boolean json(HttpRequest head) {
        CharSequence type = HttpUtil.getMimeType(head);
        return type != null && HttpHeaderValues.APPLICATION_JSON.contentEqualsIgnoreCase(type);
    }

    private boolean taken(ChannelHandlerContext context, ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (body.size() + length > MOST_BYTES) {
            refuse(context, 413, "the body is longer than " + MOST_BYTES + " bytes");
            return false;
        }
        byte[] copy = new byte[length];
        bytes.readBytes(copy);
        body.writeBytes(copy);
        return true;
    }

    private void answer(ChannelHandlerContext context, HttpRequest asked, byte[] content) {
        request = null;
        came();
        if (!atOnce.tryAcquire()) {
            write(context, asked, service.refusal(503, "too many requests at a time; try again"), true);
            return;
        }
        try {
            workers.execute(() -> {
                Service.Reply reply;
                try {
                    reply = service.post(asked.uri(), content);
                } catch (RuntimeException | Error e) {
                    reply = service.refusal(500, "the request failed, which is a no");
                } finally {
                    atOnce.release();
                }
                Service.Reply ready = reply;
                context.executor().execute(() -> write(context, asked, ready, !HttpUtil.isKeepAlive(asked)));
            });
        } catch (RejectedExecutionException e) {
            atOnce.release();
            done(context.close());
        }
    }

    private void refuse(ChannelHandlerContext context, int status, String reason) {
        write(context, request, service.refusal(status, reason), true);
    }

    private void write(ChannelHandlerContext context, @Nullable HttpRequest asked, Service.Reply reply, boolean last) {
        byte[] json = reply.json().getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), Unpooled.wrappedBuffer(json));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, json.length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        if (reply.status() == HttpResponseStatus.UNAUTHORIZED.code()) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        String id = asked == null ? null : asked.headers().get(REQUEST_ID);
        if (id != null && ID.matcher(id).matches()) {
            response.headers().set(REQUEST_ID, id);
        }
        if (last) {
            over = true;
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            done(context.writeAndFlush(response).addListener(_ -> part(context)));
        } else {
            done(context.writeAndFlush(response));
            await(context);
        }
    }

    /** Reads on for a moment: closing while bytes of the client lie unread would take the answer from it. */
    private void part(ChannelHandlerContext context) {
        came();
        if (context.channel() instanceof DuplexChannel both) {
            done(both.shutdownOutput());
        }
        deadline = later(context, TimeUnit.SECONDS.toMillis(PARTING_SECONDS));
        context.channel().config().setAutoRead(true);
    }

    /** Waits for the next request, all of which has to come in time. */
    private void await(ChannelHandlerContext context) {
        deadline = later(context, patienceMillis);
        context.channel().config().setAutoRead(true);
    }

    private static Future<?> later(ChannelHandlerContext context, long millis) {
        Runnable close = () -> done(context.close());
        return context.executor().schedule(close, millis, TimeUnit.MILLISECONDS);
    }

    private void came() {
        Future<?> waiting = deadline;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    /** A client that is too slow or gone gets no answer. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        done(context.close());
    }

    /** Whether it worked shows itself as the channel closing. */
    static void done(Future<?> ignored) {}
}
