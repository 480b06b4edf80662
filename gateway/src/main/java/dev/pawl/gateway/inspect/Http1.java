package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 between an agent and a server: one request after the other, each screened before any of it goes on, each answer
 * passed on as it comes. Used on one event loop.
 */
final class Http1 implements Conversation, Carrier {
    private final Setting setting;
    private final Traffic traffic;
    private final Peer agent;
    private final Peer server;
    private final Ending ending;
    private final Openings openings;
    private final Turns turns = new Turns();

    private Http1Stage stage = Http1Stage.HEAD;
    private @Nullable Http1Turn turn;
    private @Nullable Decision unusable;
    private boolean forwarded;
    private boolean asked;
    private boolean answered;
    private boolean serverGone;

    /** {@code ended} runs once, when nothing more goes either way; both sides are closed then. */
    Http1(Setting setting, Traffic traffic, Peer agent, Peer server, Runnable ended) {
        this.setting = setting;
        this.traffic = traffic;
        this.agent = agent;
        this.server = server;
        this.openings = new Openings(setting, this::late);
        this.ending = new Ending(setting, agent, ended);
    }

    /** Takes bytes of the agent. */
    void agent(ByteBuf bytes) {
        if (!stage.ending()) {
            agent.came(bytes);
            pump();
        } else if (ending.throwsAway(bytes) > Limits.FAREWELL) {
            end();
        }
    }

    /** Takes bytes of the server. */
    void server(ByteBuf bytes) {
        traffic.received(bytes.readableBytes());
        if (stage.ending()) {
            bytes.release();
        } else {
            server.came(bytes);
            pump();
        }
    }

    @Override
    public boolean readsAgent() {
        return stage == Http1Stage.ENDING || (!agent.full() && (stage != Http1Stage.RAW || server.writable()));
    }

    @Override
    public boolean readsServer() {
        return !server.full() && agent.writable();
    }

    @Override
    public void pump() {
        if (turns.run(this::move)) {
            boolean full = server.unread().isReadable() && !agent.writable();
            if (serverGone && !full && !setting.standstill().still()) {
                withoutServer();
            }
        }
    }

    private void move() {
        try {
            boolean moved = true;
            while (moved && !stage.ending() && !setting.standstill().still()) {
                boolean spoken = turn == null
                        ? server.unread().isReadable()
                        : turn.answering().spoken();
                boolean back = stage != Http1Stage.REFUSING && spoken && agent.writable() && serverStep();
                moved = agentStep() || back;
            }
        } catch (RuntimeException e) {
            fail(Denials.broken(e));
        }
        server.flush();
        agent.flush();
    }

    private boolean agentStep() {
        return switch (stage) {
            case HEAD -> agent.unread().isReadable() && head();
            case BODY -> server.writable() && bodyStep();
            case RAW -> turn != null && agent.unread().isReadable() && server.writable() && raw(turn.screening());
            case JUDGING, ANSWERING, REFUSING, ENDING, OVER -> false;
        };
    }

    /** What the agent sends after an upgrade is looked at as if it were a body. */
    private boolean raw(Screening screened) {
        if (!screened.takes()) {
            return false;
        }
        screened.part(agent.take());
        return true;
    }

    private boolean rawBack(@Nullable ByteBuf shown) {
        if (shown == null) {
            stage = Http1Stage.REFUSING;
            return false;
        }
        agent.write(shown);
        return true;
    }

    private boolean head() {
        Opening opening = openings.next(agent.unread());
        switch (opening) {
            case null -> {
                return false;
            }
            case Opening.Bad(int status, String reason, String method) ->
                refused(status, Denials.malformed(reason), Denials.CLEARLY, method, "");
            case Opening.Request opened -> begin(opened);
        }
        return true;
    }

    private void late() {
        if (stage == Http1Stage.HEAD) {
            refused(408, Denials.late(setting.limits()), "send the whole head at once.", "", "");
        }
    }

    /** Records what ends this connection, then tells the agent. */
    private void refused(int status, Decision why, String next, String method, String path) {
        stage = Http1Stage.REFUSING;
        openings.off();
        boolean head = method.equals("HEAD");
        setting.refused(method, path, status, why, event -> lastWord(new Problem(status, why, next, event), head));
    }

    private void begin(Opening.Request opened) {
        Screening begun = new Screening(setting, this, opened.head(), opened.path());
        turn = new Http1Turn(
                opened,
                begun,
                new BodyReader(opened.framing()),
                new Asking(opened, server, traffic),
                new Answering(opened, begun, agent, server));
        forwarded = false;
        asked = true;
        stage = Http1Stage.JUDGING;
        begun.begin(opened.framing() instanceof Framing.Length(long bytes) ? bytes : -1);
    }

    private boolean bodyStep() {
        Http1Turn now = turn;
        if (now == null || !now.screening().takes()) {
            return false;
        }
        Screening screened = now.screening();
        switch (now.body().next(agent.unread())) {
            case BodyReader.Step.More _ -> {
                return false;
            }
            case BodyReader.Step.Bad(String reason) -> fail(Denials.malformed(reason));
            case BodyReader.Step.Part(ByteBuf bytes) -> screened.part(bytes);
            case BodyReader.Step.End(List<Header> trailers)
            when Hops.misleads(trailers) ->
                fail(Denials.malformed("a trailer is a field that frames or addresses a message"));
            case BodyReader.Step.End(List<Header> trailers) when now.request().upgrade() -> end(trailers);
            case BodyReader.Step.End(List<Header> trailers) -> {
                screened.end(trailers);
                // Whoever looked has refused it, and says so soon.
                stage = screened.refused() && stage == Http1Stage.BODY ? Http1Stage.JUDGING : stage;
            }
        }
        return true;
    }

    @Override
    public void gather() {
        stage = stage == Http1Stage.JUDGING ? Http1Stage.BODY : stage;
        pump();
    }

    @Override
    public void forward(Head head) {
        Http1Turn begun = turn;
        if (begun == null || forwarded || (stage != Http1Stage.JUDGING && stage != Http1Stage.BODY)) {
            return;
        }
        if (unusable != null) {
            fail(unusable);
            return;
        }
        if (serverGone) {
            dropped(begun, "the server closed the connection before it was asked");
            return;
        }
        stage = Http1Stage.BODY;
        forwarded = true;
        begun.asking().head(head);
        pump();
    }

    @Override
    public void part(ByteBuf bytes) {
        if (turn == null || !forwarded) {
            bytes.release();
        } else {
            turn.asking().part(bytes);
        }
    }

    @Override
    public void end(List<Header> trailers) {
        if (turn != null && forwarded) {
            turn.asking().end(trailers);
        }
        stage = stage == Http1Stage.BODY ? Http1Stage.ANSWERING : stage;
    }

    @Override
    public void refuse(Problem problem) {
        Http1Turn refused = turn;
        if (stage.ending() || refused == null) {
            return;
        }
        if (stage != Http1Stage.REFUSING && !forwarded && refused.goesOn()) {
            done();
            agent.write(Unpooled.wrappedBuffer(problem.http1(refused.head(), false)));
            stage = Http1Stage.HEAD;
            pump();
        } else if (refused.answering().untilClose()) {
            abort();
        } else if (refused.answering().begun()) {
            end(); // Without its end, nobody takes it for whole.
        } else {
            lastWord(problem, refused.head());
        }
    }

    private boolean serverStep() {
        if (stage == Http1Stage.RAW && turn != null) {
            return rawBack(turn.screening().answer(server.take(), false));
        }
        Http1Turn now = turn;
        if (now == null || !forwarded) {
            fail(Denials.server("the server spoke without being asked"));
            return false;
        }
        Answering answer = now.answering();
        switch (answer.step(stage == Http1Stage.ANSWERING)) {
            case Answering.Step.More _ -> {
                return false;
            }
            case Answering.Step.Moved _ when !answer.over() -> {}
            case Answering.Step.Moved _, Answering.Step.Whole _ -> over(answer);
            case Answering.Step.Refused _ -> stage = Http1Stage.REFUSING;
            case Answering.Step.Upgraded _ -> {
                stage = Http1Stage.RAW;
                now.screening().upgraded();
            }
            case Answering.Step.Bad(String reason) -> fail(Denials.server(reason));
        }
        return true;
    }

    private void over(Answering answer) {
        answered = true;
        boolean whole = stage == Http1Stage.ANSWERING;
        done();
        if (answer.last() && (whole || answer.untilClose())) {
            end();
        } else if (answer.last()) {
            letRead();
        } else {
            stage = Http1Stage.HEAD;
        }
    }

    private void done() {
        if (turn != null) {
            turn.screening().over();
        }
        turn = null;
    }

    /** What the server said before goes to the agent first. */
    @Override
    public void serverClosed() {
        serverGone = true;
        pump();
    }

    private void withoutServer() {
        Http1Turn now = turn;
        Answering answer = now == null ? null : now.answering();
        boolean waits = answer != null && answer.waits();
        if (stage.ending() || stage == Http1Stage.REFUSING || unusable != null || waits) {
            return;
        }
        if (answer != null && answer.untilClose()) {
            if (!(answer.rest() instanceof Answering.Step.More)) {
                end();
            }
        } else if (stage == Http1Stage.RAW && now != null) {
            if (rawBack(now.screening().answer(Unpooled.EMPTY_BUFFER, true))) {
                end();
            }
        } else if (answer != null && answer.begun()) {
            abort();
        } else if (forwarded && now != null) {
            dropped(now, "the server closed the connection before it answered");
        } else if (stage == Http1Stage.HEAD && !agent.unread().isReadable() && asked) {
            end();
        }
    }

    /**
     * A server may end a connection it found idle just as the next request comes. The agent's ends then without an answer:
     * its client knows whether it may ask again (RFC 9112, 9.3.1). Not on the first request, and not where a body was sent.
     */
    private void dropped(Http1Turn now, String reason) {
        if (answered && now.mayComeAgain()) {
            end();
        } else {
            fail(Denials.server(reason));
        }
    }

    @Override
    public void unusable(Decision why) {
        unusable = why;
    }

    /** Ends with a reason, which the agent is told where no answer began. */
    private void fail(Decision why) {
        if (stage.ending() || stage == Http1Stage.REFUSING) {
            return;
        }
        Http1Turn failed = turn;
        if (failed == null || failed.answering().begun()) {
            abort();
        } else {
            stage = Http1Stage.REFUSING;
            failed.screening().fail(why);
        }
    }

    /** The last answer: nothing of the server is passed on any more, and the agent gets time to read it. */
    private void lastWord(Problem problem, boolean head) {
        if (stage.ending()) {
            return;
        }
        done();
        agent.write(Unpooled.wrappedBuffer(problem.http1(head)));
        letRead();
    }

    private void letRead() {
        stage = Http1Stage.ENDING;
        openings.off();
        server.close();
        ending.letRead(this::end);
    }

    /** What was written is sent first. */
    @Override
    public void end() {
        if (stage != Http1Stage.OVER) {
            stop();
            ending.inOrder();
        }
    }

    @Override
    public void abort() {
        stop();
        ending.atOnce();
    }

    private void stop() {
        stage = Http1Stage.OVER;
        openings.off();
        done();
        server.close();
    }
}
