package dev.pawl.gateway.inspect;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 between an agent and a server: one request after the other, each screened before any of it goes on, each answer
 * passed on as it comes. Used on one event loop.
 */
final class Http1 implements Conversation, Screening.Carrier {
    private final Setting setting;
    private final Traffic traffic;
    private final Peer agent;
    private final Peer server;
    private final Ending ending;
    private final HeadReader heads = new HeadReader(false);
    private final Deadline deadline;
    private final Turns turns = new Turns();

    private Http1Stage stage = Http1Stage.HEAD;
    private Opening.@Nullable Request request;
    private @Nullable Screening screening;
    private @Nullable BodyReader body;
    private @Nullable Asking asking;
    private @Nullable Answering answering;
    private @Nullable Decision unusable;
    private boolean forwarded;
    private boolean asked;
    private boolean answered;
    private boolean serverGone;
    private long thrownAway;

    /** {@code ended} runs once, when nothing more goes either way; both sides are closed then. */
    Http1(Setting setting, Traffic traffic, Peer agent, Peer server, Runnable ended) {
        this.setting = setting;
        this.traffic = traffic;
        this.agent = agent;
        this.server = server;
        this.deadline = new Deadline(setting.loop());
        this.ending = new Ending(setting, agent, deadline, ended);
    }

    /** Takes bytes of the agent. */
    void agent(ByteBuf bytes) {
        if (stage.ending()) {
            thrownAway += bytes.readableBytes();
            bytes.release();
            if (thrownAway > Limits.FAREWELL) {
                end();
            }
            return;
        }
        agent.came(bytes);
        pump();
    }

    /** Takes bytes of the server. */
    void server(ByteBuf bytes) {
        traffic.received(bytes.readableBytes());
        if (stage.ending()) {
            bytes.release();
            return;
        }
        server.came(bytes);
        pump();
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
            boolean waits = server.unread().isReadable() && !agent.writable();
            if (serverGone && !waits && !setting.standstill().still()) {
                withoutServer();
            }
        }
    }

    private void move() {
        try {
            boolean moved = true;
            while (moved && !stage.ending() && !setting.standstill().still()) {
                boolean hears = stage != Http1Stage.REFUSING && server.unread().isReadable() && agent.writable();
                boolean back = hears && serverStep();
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
            case RAW ->
                screening != null
                        && screening.takes()
                        && agent.unread().isReadable()
                        && server.writable()
                        && raw(screening);
            case JUDGING, ANSWERING, REFUSING, ENDING, OVER -> false;
        };
    }

    /** What the agent sends after an upgrade is looked at as if it were a body. */
    private boolean raw(Screening screened) {
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
        switch (heads.read(agent.unread())) {
            case HeadReader.Result.More _ -> {
                if (!deadline.set()) {
                    late(true);
                }
                return false;
            }
            case HeadReader.Result.Bad(int status, String reason) -> bad(status, reason, "");
            case HeadReader.Result.Whole(String line, List<Header> fields) -> {
                deadline.off();
                switch (Opening.of(line, fields, setting.scheme(), setting.authority())) {
                    case Opening.Bad(int status, String reason, String method) -> bad(status, reason, method);
                    case Opening.Request opened -> begin(opened);
                }
            }
        }
        return true;
    }

    /** A head that is slow to come takes no place here for ever; it may {@code wait}, and frozen time does not count. */
    private void late(boolean wait) {
        if (wait || setting.standstill().still()) {
            deadline.in(setting.limits().head(), () -> late(false));
        } else if (stage == Http1Stage.HEAD) {
            refused(408, Denials.late(setting.limits()), "send the whole head at once.", "", "");
        }
    }

    private void bad(int status, String reason, String method) {
        deadline.off();
        refused(status, Denials.malformed(reason), "send a request that can be read in one way only.", method, "");
    }

    /** Records what ends this connection, then tells the agent. */
    private void refused(int status, Decision why, String next, String method, String path) {
        stage = Http1Stage.REFUSING;
        Authority to = setting.authority();
        setting.record(
                new Body.Http(setting.flow(), method, to.host(), to.port(), path, status, 0, 0),
                setting.passage().judged().event(),
                why,
                event -> lastWord(new Problem(status, why, next, event), method.equals("HEAD")));
    }

    private void begin(Opening.Request opened) {
        Screening begun = new Screening(setting, this, opened.head(), opened.path());
        request = opened;
        screening = begun;
        body = new BodyReader(opened.framing());
        asking = new Asking(opened, server, traffic);
        answering = new Answering(opened, begun, agent, server);
        forwarded = false;
        asked = true;
        stage = Http1Stage.JUDGING;
        begun.begin(opened.framing() instanceof Framing.Length(long bytes) ? bytes : -1);
    }

    private boolean bodyStep() {
        Screening screened = screening;
        BodyReader reader = body;
        if (screened == null || reader == null || !screened.takes()) {
            return false;
        }
        switch (reader.next(agent.unread())) {
            case BodyReader.Step.More _ -> {
                return false;
            }
            case BodyReader.Step.Bad(String reason) -> fail(Denials.malformed(reason));
            case BodyReader.Step.Part(ByteBuf bytes) -> screened.part(bytes);
            case BodyReader.Step.End(List<Header> trailers)
            when Hops.misleads(trailers) ->
                fail(Denials.malformed("a trailer is a field that frames or addresses a message"));
            case BodyReader.Step.End(List<Header> trailers) when request != null && request.upgrade() -> end(trailers);
            case BodyReader.Step.End(List<Header> trailers) -> {
                screened.end(trailers);
                // Whoever looked has refused it, and says so soon.
                stage = screened.refused() && stage == Http1Stage.BODY ? Http1Stage.JUDGING : stage;
            }
        }
        return true;
    }

    @Override
    public void forward(Head head) {
        Asking begun = asking;
        if (begun == null || stage != Http1Stage.JUDGING) {
            return;
        }
        if (unusable != null) {
            fail(unusable);
            return;
        }
        if (serverGone) {
            dropped("the server closed the connection before it was asked");
            return;
        }
        stage = Http1Stage.BODY;
        forwarded = true;
        begun.head(head);
        pump();
    }

    @Override
    public void part(ByteBuf bytes) {
        if (asking == null) {
            bytes.release();
        } else {
            asking.part(bytes);
        }
    }

    @Override
    public void end(List<Header> trailers) {
        if (asking != null) {
            asking.end(trailers);
        }
        stage = stage == Http1Stage.BODY ? Http1Stage.ANSWERING : stage;
    }

    @Override
    public void proceed() {
        pump();
    }

    @Override
    public void refuse(Problem problem) {
        Opening.Request refused = request;
        if (stage.ending() || refused == null) {
            return;
        }
        boolean head = refused.head().method().equals("HEAD");
        boolean untouched =
                stage != Http1Stage.REFUSING && !forwarded && body != null && body.over() && !refused.last();
        if (untouched) {
            done();
            agent.write(Unpooled.wrappedBuffer(problem.http1(head, false)));
            stage = Http1Stage.HEAD;
            pump();
        } else if (answering != null && answering.begun()) {
            abort();
        } else {
            lastWord(problem, head);
        }
    }

    private boolean serverStep() {
        if (stage == Http1Stage.RAW && screening != null) {
            return rawBack(screening.answer(server.take(), false));
        }
        Answering answer = answering;
        if (answer == null || !forwarded) {
            fail(Denials.server("the server spoke without being asked"));
            return false;
        }
        switch (answer.step(stage == Http1Stage.ANSWERING)) {
            case Answering.Step.More _ -> {
                return false;
            }
            case Answering.Step.Moved _ when !answer.over() -> {}
            case Answering.Step.Moved _, Answering.Step.Whole _ -> over(answer);
            case Answering.Step.Refused _ -> {
                stage = Http1Stage.REFUSING;
                deadline.off();
            }
            case Answering.Step.Upgraded _ -> upgraded();
            case Answering.Step.Bad(String reason) -> fail(Denials.server(reason));
        }
        return true;
    }

    private void upgraded() {
        stage = Http1Stage.RAW;
        if (screening != null) {
            screening.upgraded();
        }
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
        if (screening != null) {
            screening.over();
        }
        screening = null;
        request = null;
        body = null;
        asking = null;
        answering = null;
    }

    @Override
    public void resumed() {
        pump();
    }

    /** What the server said before goes to the agent first. */
    @Override
    public void serverClosed() {
        serverGone = true;
        pump();
    }

    private void withoutServer() {
        Answering answer = answering;
        if (stage.ending() || stage == Http1Stage.REFUSING || unusable != null) {
            return;
        }
        if (answer != null && answer.untilClose()) {
            answer.rest();
            end();
        } else if (stage == Http1Stage.RAW) {
            end();
        } else if (answer != null && answer.begun()) {
            abort();
        } else if (forwarded && answer != null) {
            dropped("the server closed the connection before it answered");
        } else if (stage == Http1Stage.HEAD && !agent.unread().isReadable() && asked) {
            end();
        }
    }

    /**
     * A server may end a connection it found idle just as the next request is under way. The agent's connection ends then
     * without an answer too: its client knows whether it may ask again (RFC 9112, section 9.3.1), and an error would keep it
     * from that. Not on the first request, which no idle time came before, and not where a body was sent.
     */
    private void dropped(String reason) {
        boolean bodiless = request != null
                && (request.framing().equals(Framing.NONE) || request.framing().equals(new Framing.Length(0)));
        if (answered && bodiless && answering != null && answering.silent()) {
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
        if (screening == null || (answering != null && answering.begun())) {
            abort();
        } else {
            stage = Http1Stage.REFUSING;
            screening.fail(why);
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

    /** The agent has its last answer, and may still be sending: a reset would overtake what it has not read. */
    private void letRead() {
        stage = Http1Stage.ENDING;
        deadline.off();
        server.close();
        agent.flush();
        deadline.in(setting.limits().farewell(), this::end);
        agent.read();
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
        deadline.off();
        done();
        server.close();
    }
}
