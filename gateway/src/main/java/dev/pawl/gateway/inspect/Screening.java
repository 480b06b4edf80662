package dev.pawl.gateway.inspect;

import dev.pawl.core.Answer;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Monitor.Judged;
import dev.pawl.core.Monitor.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, whatever version of HTTP carries it: judged, looked at, recorded when it is decided and when it is over.
 * Nothing of it reaches its {@link Carrier} before that. Used on one event loop.
 */
final class Screening {
    /** Takes a request on, or gives the agent the answer that refuses it. */
    interface Carrier {
        /** The head as it goes on; parts of the body may come from now on. */
        void forward(Head head);

        /** Parts of the body may come, but nothing goes on before {@link #forward}. */
        void gather();

        /** A part of the body, to be released. */
        void part(ByteBuf bytes);

        /** The end of the body. */
        void end(List<Header> trailers);

        /** Nothing more goes on. What went before {@link #forward} was called is nothing; after it, the request breaks off. */
        void refuse(Problem problem);
    }

    private enum Stage {
        WAITING,
        PASSING,
        REFUSED,
        OVER
    }

    private final Setting setting;
    private final Carrier carrier;
    private final List<Outgoing> outgoings = new ArrayList<>();
    private final List<Looker> lookers = new ArrayList<>();
    /** What of the body waits for the head that {@link #gatherer} makes of it. */
    private final List<ByteBuf> gathered = new ArrayList<>();

    private @Nullable Outgoing gatherer;
    private final Showing showing = new Showing(outgoings);
    private Stage stage = Stage.WAITING;
    private Head head;
    private final String path;
    private String decided = "";
    private @Nullable Answer answer;
    private @Nullable Integer status;
    private long sent;
    private long received;

    Screening(Setting setting, Carrier carrier, Head head, String path) {
        this.setting = setting;
        this.carrier = carrier;
        this.head = head;
        this.path = path;
    }

    /** Has it judged. {@code length} is that of its body, -1 where it does not say. */
    void begin(long length) {
        judge(Target.early(path), length);
    }

    /** A path with an encoded slash is judged as both kinds of servers read it; in the end as it is written. */
    private void judge(String reading, long length) {
        Attempt.Request attempt = new Attempt.Request(
                setting.authority().host(), setting.authority().port(), head.method(), reading);
        setting.ask(
                () -> setting.monitor()
                        .judge(
                                attempt,
                                setting.passage().process(),
                                setting.passage().judged().event(),
                                new HeldRequest(setting, head, reading)),
                (verdict, failed) -> judged(attempt, verdict, failed, length));
    }

    private void judged(Attempt.Request attempt, @Nullable Verdict verdict, @Nullable Throwable failed, long length) {
        if (verdict == null) {
            refuse(403, Denials.broken(failed == null ? new IllegalStateException() : failed));
            return;
        }
        Optional<Answer> later = verdict.answer();
        if (stage != Stage.WAITING) {
            later.ifPresent(Answer::giveUp);
        } else if (later.isPresent()) {
            answer = later.get();
            later.get().then(outcome -> setting.onLoop(() -> settled(attempt, outcome, length)));
        } else {
            settled(attempt, verdict.now(), length);
        }
    }

    private void settled(Attempt.Request attempt, Judged judged, long length) {
        answer = null;
        if (stage != Stage.WAITING) {
            return;
        }
        decided = judged.event();
        if (!judged.decision().allowed()) {
            stage = Stage.REFUSED;
            String next = setting.advisor().next(attempt, judged.decision());
            carrier.refuse(new Problem(403, judged.decision(), next, judged.event()));
            return;
        }
        if (!attempt.path().equals(path)) {
            judge(path, length);
            return;
        }
        if (setting.upload().isPresent() && length > setting.upload().getAsLong()) {
            refuse(413, Denials.upload(setting.upload().getAsLong()));
            return;
        }
        try {
            for (Outgoing.Factory factory : setting.lookers()) {
                Outgoing outgoing = factory.open(setting.passage(), setting.flow());
                outgoings.add(outgoing);
                lookers.add(new Looker((part, last) -> outgoing.body(part.asReadOnly(), last)));
            }
            for (Outgoing outgoing : outgoings) {
                if (gatherer != null) {
                    throw new IllegalStateException("only the last who looks may have the body gathered");
                }
                switch (outgoing.head(head)) {
                    case Ruling.Pass(Head changed) -> head = Checked.head(changed);
                    case Ruling.Refuse(Decision why, int code) -> {
                        refuse(code, why);
                        return;
                    }
                    case Ruling.Gather(Head changed) -> {
                        head = Checked.head(changed);
                        gatherer = outgoing;
                    }
                    case Ruling.Forward _, Ruling.Replace _, Ruling.Show _ ->
                        throw new IllegalStateException("a head is passed or refused");
                }
            }
        } catch (RuntimeException e) {
            refuse(403, Denials.broken(e));
            return;
        }
        stage = Stage.PASSING;
        if (gatherer == null) {
            carrier.forward(head);
        } else {
            carrier.gather();
        }
    }

    /** Takes over a part of the body. */
    void part(ByteBuf bytes) {
        if (stage != Stage.PASSING) {
            bytes.release();
            return;
        }
        sent += bytes.readableBytes();
        if (setting.upload().isPresent() && sent > setting.upload().getAsLong()) {
            bytes.release();
            refuse(413, Denials.upload(setting.upload().getAsLong()));
            return;
        }
        if (lookers.isEmpty()) {
            carrier.part(bytes);
        } else {
            look(bytes, List.of(), false);
        }
    }

    /** The agent sent all of it. */
    void end(List<Header> trailers) {
        if (gatherer != null && !trailers.isEmpty()) {
            fail(Denials.malformed("its signature cannot be made anew beside trailers"));
        }
        boolean passed = stage == Stage.PASSING
                && (lookers.isEmpty() || look(Unpooled.EMPTY_BUFFER, trailers, true))
                && (gatherer == null || whole(gatherer));
        if (passed) {
            carrier.end(trailers);
        }
    }

    /** The body was gathered: the head goes on, and all of it. */
    private boolean whole(Outgoing last) {
        try {
            head = Checked.head(last.whole(head));
        } catch (RuntimeException e) {
            refuse(403, Denials.broken(e));
            return false;
        }
        carrier.forward(head);
        List<ByteBuf> parts = List.copyOf(gathered);
        gathered.clear();
        parts.forEach(carrier::part);
        return true;
    }

    /** Whether all lookers had no objection. */
    private boolean look(ByteBuf bytes, List<Header> trailers, boolean last) {
        ByteBuf fields = Unpooled.EMPTY_BUFFER;
        ByteBuf part = bytes;
        try {
            if (!trailers.isEmpty()) {
                fields = Unpooled.buffer();
                HeadText.fields(fields, trailers);
            }
            for (Looker looker : lookers) {
                ByteBuf given = part;
                part = Unpooled.EMPTY_BUFFER;
                Looker.Seen seen = looker.look(given, fields, last);
                if (seen.refusal() != null) {
                    refuse(seen.refusal().status(), seen.refusal().decision());
                    return false;
                }
                part = seen.forward();
            }
            ByteBuf through = part;
            part = Unpooled.EMPTY_BUFFER;
            if (through.isReadable() && gatherer != null) {
                gathered.add(through);
            } else if (through.isReadable()) {
                carrier.part(through);
            } else {
                through.release();
            }
            return true;
        } catch (RuntimeException e) {
            refuse(403, Denials.broken(e));
            return false;
        } finally {
            part.release();
        }
    }

    /** Ends it for a reason that is not the policy's. */
    void fail(Decision why) {
        refuse(Denials.status(why), why);
    }

    /** Refuses after the decision, or instead of it; the agent hears of it once that is on record. */
    private void refuse(int code, Decision why) {
        if (stage == Stage.REFUSED || stage == Stage.OVER) {
            return;
        }
        stage = Stage.REFUSED;
        status = code;
        Attempt.Request attempt = new Attempt.Request(
                setting.authority().host(), setting.authority().port(), head.method(), path);
        setting.record(
                body(),
                decided,
                why,
                event -> carrier.refuse(new Problem(code, why, setting.advisor().next(attempt, why), event)));
    }

    /**
     * What of the head of an answer, or of its trailers, the agent is shown; null where it is refused, which the carrier hears
     * of.
     */
    @Nullable
    Response answer(Response came) {
        if (stage != Stage.PASSING) {
            return null;
        }
        try {
            return switch (showing.head(came)) {
                case Ruling.Show(Response shown) -> {
                    status = came.interim() ? status : Integer.valueOf(came.status());
                    yield shown;
                }
                case Ruling.Refuse(Decision why, int code) -> {
                    refuse(code, why);
                    yield null;
                }
                case Ruling.Pass _, Ruling.Forward _, Ruling.Gather _, Ruling.Replace _ ->
                    throw new IllegalStateException("not of an answer");
            };
        } catch (RuntimeException e) {
            refuse(403, Denials.broken(e));
            return null;
        }
    }

    /** What of the body of an answer the agent is shown now, to be released; null where it is refused. Takes over the part. */
    @Nullable
    ByteBuf answer(ByteBuf part, boolean last) {
        if (stage != Stage.PASSING) {
            part.release();
            return null;
        }
        received += part.readableBytes();
        try {
            Looker.Seen seen = showing.body(part, last);
            if (seen.refusal() == null) {
                return seen.forward();
            }
            refuse(seen.refusal().status(), seen.refusal().decision());
        } catch (RuntimeException e) {
            refuse(403, Denials.broken(e));
        }
        return null;
    }

    /** It is over, in whatever way. May be repeated. */
    void over() {
        if (stage == Stage.OVER) {
            return;
        }
        if (answer != null) {
            answer.giveUp();
        }
        boolean forwarded = stage == Stage.PASSING;
        stage = Stage.OVER;
        lookers.forEach(Looker::close);
        showing.close();
        @Nullable Decision noted = null;
        for (Outgoing outgoing : outgoings) {
            noted = noted == null ? outgoing.noted() : noted;
            outgoing.over();
        }
        gathered.forEach(ByteBuf::release);
        gathered.clear();
        if (forwarded) {
            setting.record(body(), decided, noted);
        }
    }

    /** Whether it was refused, and nothing more of it is of interest. */
    boolean refused() {
        return stage == Stage.REFUSED;
    }

    private Body.Http body() {
        return new Body.Http(
                setting.flow(),
                head.method(),
                setting.authority().host(),
                setting.authority().port(),
                path,
                status,
                sent,
                received);
    }
}
