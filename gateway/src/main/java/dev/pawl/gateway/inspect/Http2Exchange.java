package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: a stream of the agent, and from when it goes on a stream to the server. A side may send on as
 * what it sent before left the gateway on the other. Used on one event loop.
 */
final class Http2Exchange implements Carrier {
    private final Http2 http;
    private final Http2End agent;
    private final Http2End server;
    private final int agentStream;
    private final Http2Opening.Request opened;
    private final Screening screening;
    /** What the agent sent before it could go on, with what its window has to get back for it. */
    private final Deque<Part> held = new ArrayDeque<>();

    private @Nullable Head head;
    private List<Header> trailers = List.of();
    private int serverStream;
    /** What the agent's window gets back for the part that is being looked at. */
    private int credit;

    private boolean takes;
    /** Nothing goes on before the body is whole. */
    private boolean gathers;
    /** The agent's request is whole. */
    private boolean ended;
    /** All of it went on. */
    private boolean asked;

    private boolean answerBegun;
    private boolean answerEnded;
    private boolean refused;
    private boolean over;
    private int interim;
    private int status;

    private record Part(ByteBuf bytes, int credit) {}

    /** What the server sent while something had to be done first: a part of the body, or trailers. */
    private final Deque<Back> later = new ArrayDeque<>();

    private record Back(
            ByteBuf bytes,
            int credit,
            boolean end,
            @Nullable List<Header> trailers) {}

    Http2Exchange(Http2 http, Setting setting, int agentStream, Http2Opening.Request opened) {
        this.http = http;
        this.agent = http.agent();
        this.server = http.server();
        this.agentStream = agentStream;
        this.opened = opened;
        this.screening = new Screening(setting, this, opened.head(), opened.path());
    }

    int agentStream() {
        return agentStream;
    }

    /** The stream to the server, 0 where there is none yet. */
    int serverStream() {
        return serverStream;
    }

    /** Has it judged; {@code end} is whether it has no body. */
    void begin(boolean end) {
        ended = end;
        screening.begin(opened.length());
    }

    /** The agent sent a part of the body, which counts for {@code flow} bytes of its window. */
    void agentData(ByteBuf bytes, int flow, boolean end) {
        if (over || refused) {
            bytes.release();
            agent.consume(agentStream, flow);
            return;
        }
        held.add(new Part(bytes, flow));
        ended |= end;
        drain();
    }

    /** The agent ended its body with trailers. */
    void agentTrailers(List<Header> fields, boolean end) {
        if (!end || Hops.misleads(fields)) {
            screening.fail(Denials.malformed("a trailer is a field that frames or addresses a message"));
            return;
        }
        trailers = fields;
        ended = true;
        drain();
    }

    private void drain() {
        while (takes && screening.takes() && !refused && !over && !held.isEmpty()) {
            Part part = held.remove();
            credit = part.credit;
            screening.part(part.bytes);
            giveBack();
        }
        if (takes && screening.takes() && !refused && !over && ended) {
            takes = false;
            screening.end(trailers);
        }
    }

    /** What is kept back for a look, or thrown away, makes room at once. */
    private void giveBack() {
        int rest = credit;
        credit = 0;
        agent.consume(agentStream, rest);
    }

    @Override
    public void gather() {
        gathers = true;
        takes = true;
        drain();
    }

    @Override
    public void forward(Head allowed) {
        if (over) {
            return;
        }
        if (http.stopsNew()) {
            over();
            agent.reset(agentStream, Http2Error.REFUSED_STREAM.code());
            return;
        }
        if (http.unusable() != null) {
            screening.fail(http.unusable());
            return;
        }
        head = allowed;
        if (gathers) {
            return; // Body and end follow at once.
        }
        takes = true;
        pump();
    }

    /** The head goes on by itself where no part of the body did it yet, and nothing is held. */
    @Override
    public void pump() {
        drain();
        drainBack();
        if (screening.takes() && !refused && !over) {
            ask(false);
        }
    }

    /** The head goes on, unless it has; {@code end} is whether the request ends with it. */
    private boolean ask(boolean end) {
        Head allowed = head;
        if (allowed == null) {
            return false;
        }
        head = null;
        serverStream = server.next();
        if (serverStream < 0) {
            screening.fail(Denials.server("the connection has carried all the requests that it may"));
            http.drain();
            return true;
        }
        http.asks(this);
        server.headers(serverStream, Http2Opening.written(allowed, opened, end), end, this::unasked);
        return true;
    }

    private void unasked(Throwable cause) {
        if (over || refused || answerBegun) {
            return;
        }
        if (http.stopsNew()) {
            agent.reset(agentStream, Http2Error.REFUSED_STREAM.code());
        } else {
            screening.fail(Denials.server(
                    "the server did not take the request: " + cause.getClass().getSimpleName()));
        }
    }

    @Override
    public void part(ByteBuf bytes) {
        if (refused || over) {
            bytes.release();
            return;
        }
        ask(false);
        int flow = credit;
        credit = 0;
        server.data(serverStream, bytes, false, () -> agent.consume(agentStream, flow));
    }

    @Override
    public void end(List<Header> fields) {
        if (refused || over) {
            return;
        }
        asked = true;
        if (!fields.isEmpty()) {
            ask(false);
            server.headers(serverStream, Http2Fields.trailers(fields), true, this::unasked);
        } else if (!ask(true)) {
            server.end(serverStream);
        }
    }

    @Override
    public void refuse(Problem problem) {
        if (over) {
            return;
        }
        refused = true;
        drop();
        server.reset(serverStream, Http2Error.CANCEL.code());
        if (answerBegun) {
            agent.reset(agentStream, Http2Error.CANCEL.code());
            return;
        }
        answerBegun = true;
        agent.refuse(agentStream, problem, opened.head().method().equals("HEAD"));
    }

    private void drop() {
        while (!held.isEmpty()) {
            Part part = held.remove();
            part.bytes.release();
            agent.consume(agentStream, part.credit);
        }
        while (!later.isEmpty()) {
            Back back = later.remove();
            back.bytes.release();
            server.consume(serverStream, back.credit);
        }
    }

    /** The server sent the head of an answer, or trailers. */
    void serverHeaders(Http2Headers section, boolean end) {
        if (refused || over) {
            return;
        }
        try {
            List<Header> fields = Http2Fields.of(section);
            if (answerBegun) {
                trailers(fields, end);
            } else {
                head(Http2Answer.status(section), fields, end);
            }
        } catch (Http2Fields.Unfit unfit) {
            bad(unfit.reason());
        }
    }

    private void head(int code, List<Header> fields, boolean end) throws Http2Fields.Unfit {
        if (code < 200) {
            interim++;
            if (end || interim > Limits.INTERIM) {
                throw new Http2Fields.Unfit("there are more interim answers than " + Limits.INTERIM + ", or no other");
            }
        }
        Response shown = screening.answer(new Response(code, fields));
        if (shown == null) {
            return;
        }
        if (code >= 200) {
            status = code;
            answerBegun = true;
            answerEnded = end;
        }
        agent.headers(agentStream, Http2Answer.head(code, shown.headers()), end, _ -> {});
    }

    private void trailers(List<Header> fields, boolean end) throws Http2Fields.Unfit {
        if (!end) {
            throw new Http2Fields.Unfit("there are trailers before the end");
        }
        later.add(new Back(Unpooled.EMPTY_BUFFER, 0, true, fields));
        drainBack();
    }

    private void trail(List<Header> fields) {
        Response shown = screening.answer(new Response(status, fields));
        if (shown != null) {
            answerEnded = true;
            agent.headers(agentStream, Http2Fields.trailers(shown.headers()), true, _ -> {});
        }
    }

    /** The server sent a part of the answer, which counts for {@code flow} bytes of its window. */
    void serverData(ByteBuf bytes, int flow, boolean end) {
        if (refused || over || !answerBegun) {
            bytes.release();
            server.consume(serverStream, flow);
            if (!refused && !over) {
                bad("the answer begins with its body");
            }
            return;
        }
        later.add(new Back(bytes, flow, end, null));
        drainBack();
    }

    /** Shows the agent what of the answer may be shown. */
    private void drainBack() {
        while (!later.isEmpty() && !screening.showsLater() && !refused && !over) {
            Back next = later.remove();
            ByteBuf shown = screening.answer(next.bytes, next.end);
            if (shown == null && screening.showsLater()) {
                later.addFirst(new Back(Unpooled.EMPTY_BUFFER, next.credit, next.end, next.trailers));
            } else if (shown == null) {
                server.consume(serverStream, next.credit);
            } else {
                show(next, shown);
            }
        }
    }

    private void show(Back next, ByteBuf shown) {
        boolean end = next.end && next.trailers == null;
        answerEnded = end;
        agent.data(agentStream, shown, end, () -> server.consume(serverStream, next.credit));
        if (next.trailers != null) {
            trail(next.trailers);
        }
    }

    private void bad(String reason) {
        if (answerBegun) {
            agent.reset(agentStream, Http2Error.PROTOCOL_ERROR.code());
            server.reset(serverStream, Http2Error.PROTOCOL_ERROR.code());
        } else {
            screening.fail(Denials.server(reason));
        }
    }

    /** Whether the end of the answer waits to be shown. */
    private boolean answerCame() {
        return !later.isEmpty() && later.peekLast().end;
    }

    /** The server reset the stream. */
    void serverReset(long code) {
        if (!refused && !over && !answerCame()) {
            agent.reset(agentStream, code);
        }
    }

    /** The stream to the server is closed; {@code untouched} is whether the server said that it never looked at it. */
    void serverClosed(boolean untouched) {
        if (over || refused || answerEnded || answerCame()) {
            return;
        }
        if (answerBegun) {
            agent.reset(agentStream, Http2Error.INTERNAL_ERROR.code());
        } else if (untouched) {
            agent.reset(agentStream, Http2Error.REFUSED_STREAM.code());
        } else {
            screening.fail(Denials.server("the server closed the stream before it answered"));
        }
    }

    /** What the server sent on the stream, or asked for with it, is against the protocol. */
    void serverBroken(String reason) {
        if (!over && !refused && !answerBegun) {
            screening.fail(Denials.server("what it sent is no HTTP/2: " + reason));
        }
    }

    /** The agent's stream is closed: all was said, or one of both does not want more. */
    void over() {
        if (over) {
            return;
        }
        over = true;
        drop();
        if (serverStream > 0 && !(answerEnded && asked)) {
            server.reset(serverStream, Http2Error.CANCEL.code());
        }
        screening.over();
        http.forget(this);
    }
}
