package dev.pawl.gateway.inspect;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor.Judged;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request, whatever version of HTTP carries it: judged, looked at, recorded when it is decided and when it is over.
 * Nothing of it reaches its {@link Carrier} before that. Used on one event loop.
 */
final class Screening {
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
    /** What of the body waits for the head that {@link #gatherers} make of it. */
    private final List<ByteBuf> gathered = new ArrayList<>();

    private final List<Outgoing> gatherers = new ArrayList<>();
    private final Showing showing;
    private Stage stage = Stage.WAITING;
    private Head head;
    private final String path;
    private final Exact exact;
    private String decided;
    private final Asked asked;
    /** A person is asked about what somebody found in it. */
    private boolean held;
    /** The agent sent all of it. */
    private boolean ended;

    private @Nullable Integer status;
    private boolean upgraded;
    private long sent;
    private long received;

    Screening(Setting setting, Carrier carrier, Head head, String path) {
        this.setting = setting;
        this.carrier = carrier;
        this.head = head;
        this.path = path;
        this.decided = setting.passage().judged().event();
        this.exact = new Exact(head);
        this.asked = new Asked(setting, this::waits);
        this.showing = new Showing(outgoings, this::refuse, this::work);
    }

    /** Has it judged. {@code length} is that of its body, -1 where it does not say. */
    void begin(long length) {
        judge(Target.early(path), length);
    }

    /** A path with an encoded slash is judged as both kinds of servers read it; in the end as it is written. */
    private void judge(String reading, long length) {
        ask(request(head.method(), reading), new HeldRequest(setting, head, reading), Problem.PLAIN, judged -> {
            decided = judged.event();
            if (reading.equals(path)) {
                allowed(length);
            } else {
                judge(path, length);
            }
        });
    }

    private Attempt.Request request(String method, String reading) {
        return new Attempt.Request(
                setting.authority().host(), setting.authority().port(), method, reading);
    }

    /** Has something of it judged, and goes on where it is allowed. */
    private void ask(Attempt attempt, Holding holding, Problem.Voice voice, Consumer<Judged> then) {
        asked.ask(
                attempt,
                holding,
                decided,
                judged -> settled(attempt, judged, voice, then),
                failed -> fail(Denials.broken(failed)));
    }

    private void settled(Attempt attempt, Judged judged, Problem.Voice voice, Consumer<Judged> then) {
        if (judged.decision().allowed()) {
            then.accept(judged);
        } else {
            stage = Stage.REFUSED;
            String next = setting.advisor().next(attempt, judged.decision());
            carrier.refuse(new Problem(403, judged.decision(), next, judged.event(), voice));
        }
    }

    private boolean waits() {
        return stage == Stage.WAITING || (stage == Stage.PASSING && held);
    }

    private void allowed(long length) {
        if (setting.upload().isPresent() && length > setting.upload().getAsLong()) {
            fail(Denials.upload(setting.upload().getAsLong()));
            return;
        }
        try {
            for (Outgoing.Factory factory : setting.lookers()) {
                if (!factory.concerns(setting.passage(), head, path)) {
                    continue;
                }
                Outgoing outgoing = factory.open(setting.passage(), setting.flow());
                outgoings.add(outgoing);
                lookers.add(new Looker((part, last) -> outgoing.body(part.asReadOnly(), last)));
            }
        } catch (RuntimeException e) {
            fail(Denials.broken(e));
            return;
        }
        lookAtHead(0);
    }

    /** Has it looked at from this one on. */
    private void lookAtHead(int from) {
        try {
            for (int i = from; i < outgoings.size(); i++) {
                switch (outgoings.get(i).head(head)) {
                    case Ruling.Pass(Head changed) -> head = Checked.head(head, changed);
                    case Ruling.Refuse(Decision why, int code, Problem.Voice voice) -> {
                        refuse(code, why, voice);
                        return;
                    }
                    case Ruling.Hold hold -> {
                        int at = i;
                        hold(hold, outgoings.get(i), () -> lookAtHead(at));
                        return;
                    }
                    case Ruling.Gather(Head changed) -> {
                        head = Checked.head(head, changed);
                        gatherers.add(outgoings.get(i));
                    }
                    case Ruling.Forward _,
                            Ruling.Replace _,
                            Ruling.Show _,
                            Ruling.After _,
                            Ruling.Spend _,
                            Ruling.Decide _ -> throw new IllegalStateException("a head is passed, held or refused");
                }
            }
        } catch (RuntimeException e) {
            fail(Denials.broken(e));
            return;
        }
        if (outgoings.stream().anyMatch(Outgoing::asks)) {
            exact.follow();
        }
        stage = Stage.PASSING;
        if (gatherers.isEmpty()) {
            carrier.forward(head);
        } else {
            carrier.gather();
        }
    }

    /** Has decided what was found; {@code again} shows the same to who found it, once it may go on. */
    private void hold(Ruling found, Outgoing outgoing, Runnable again) {
        held = true;
        Held hold = Held.of(setting, found, request(head.method(), path), sent, exact.digest());
        ask(hold.attempt(), hold.holding(), hold.voice(), judged -> {
            try {
                hold.allowed(judged);
                outgoing.agreed();
                goOn(again);
            } catch (RuntimeException e) {
                fail(Denials.broken(e));
            }
        });
    }

    /** What was held goes on, and what came behind it. */
    private void goOn(Runnable again) {
        held = false;
        again.run();
        if (stage == Stage.PASSING && !held) {
            carrier.pump();
        }
    }

    /** Whether a part of the body, or its end, may come: the head was looked at, and nobody is asked. */
    boolean takes() {
        return stage == Stage.PASSING && !held && !ended;
    }

    /** What comes from here on is no body: messages of a WebSocket, which are looked at like one. */
    void upgraded() {
        upgraded = true;
    }

    /** Takes over a part of the body. */
    void part(ByteBuf bytes) {
        if (!takes()) {
            bytes.release();
            return;
        }
        sent += bytes.readableBytes();
        if (!upgraded && setting.upload().isPresent() && sent > setting.upload().getAsLong()) {
            bytes.release();
            fail(Denials.upload(setting.upload().getAsLong()));
            return;
        }
        if (lookers.isEmpty()) {
            carrier.part(bytes);
        } else {
            exact.part(bytes);
            look(0, bytes, Unpooled.EMPTY_BUFFER, List.of(), false);
        }
    }

    /** The agent sent all of it. */
    void end(List<Header> trailers) {
        if (!takes()) {
            return;
        }
        ended = true;
        if (!gatherers.isEmpty() && !trailers.isEmpty()) {
            fail(Denials.malformed("its body has to be looked at whole, which cannot be done beside trailers"));
            return;
        }
        if (lookers.isEmpty()) {
            carrier.end(trailers);
            return;
        }
        ByteBuf fields = HeadText.fields(trailers);
        exact.part(fields);
        look(0, Unpooled.EMPTY_BUFFER, fields, trailers, true);
    }

    /** Has a part looked at from this one on, and lets go on what all of them let through; {@code fields} are its trailers. */
    private void look(int from, ByteBuf bytes, ByteBuf fields, List<Header> trailers, boolean last) {
        ByteBuf part = bytes;
        try {
            for (int i = from; i < lookers.size(); i++) {
                ByteBuf given = part;
                part = Unpooled.EMPTY_BUFFER;
                Looker.Seen seen = lookers.get(i).look(given, fields, last);
                if (seen.refusal() != null) {
                    Ruling.Refuse refusal = seen.refusal();
                    refuse(refusal.status(), refusal.decision(), refusal.voice());
                    return;
                }
                int at = i;
                Runnable again = () -> look(at, Unpooled.EMPTY_BUFFER, fields, trailers, last);
                if (seen.after() != null) {
                    held = true;
                    work(seen.after(), () -> goOn(again));
                    return;
                }
                if (seen.hold() != null) {
                    hold(seen.hold(), outgoings.get(i), again);
                    return;
                }
                part = seen.forward();
            }
            ByteBuf through = part;
            part = Unpooled.EMPTY_BUFFER;
            if (through.isReadable() && !gatherers.isEmpty()) {
                gathered.add(through);
            } else if (through.isReadable()) {
                carrier.part(through);
            } else {
                through.release();
            }
        } catch (RuntimeException e) {
            fail(Denials.broken(e));
            return;
        } finally {
            part.release();
        }
        if (last && (gatherers.isEmpty() || whole())) {
            carrier.end(trailers);
        }
    }

    /** The body was gathered: the head goes on, and all of it. */
    private boolean whole() {
        try {
            for (Outgoing gatherer : gatherers) {
                head = Checked.head(gatherer.whole(head));
            }
        } catch (RuntimeException e) {
            fail(Denials.broken(e));
            return false;
        }
        carrier.forward(head);
        List<ByteBuf> parts = List.copyOf(gathered);
        gathered.clear();
        parts.forEach(carrier::part);
        return true;
    }

    /** Ends it for a reason that is not the policy's. */
    void fail(Decision why) {
        refuse(Denials.status(why), why, Problem.PLAIN);
    }

    /** Refuses after the decision, or instead of it; the agent hears of it once that is on record. */
    private void refuse(int code, Decision why, Problem.Voice voice) {
        if (refused() || stage == Stage.OVER) {
            return;
        }
        stage = Stage.REFUSED;
        status = code;
        asked.giveUp();
        setting.record(body(), decided, why, event -> {
            String next = setting.advisor().next(request(head.method(), path), why);
            carrier.refuse(new Problem(code, why, next, event, voice));
        });
    }

    /**
     * What of the head of an answer, or of its trailers, the agent is shown; null where it is refused, which the carrier hears
     * of.
     */
    @Nullable
    Response answer(Response came) {
        Response shown = stage == Stage.PASSING ? showing.head(came) : null;
        status = shown == null || came.interim() ? status : Integer.valueOf(came.status());
        return shown;
    }

    /**
     * What of the body of an answer the agent is shown now, to be released; null where it is refused, or {@link #showsLater}.
     * Takes over the part.
     */
    @Nullable
    ByteBuf answer(ByteBuf part, boolean last) {
        if (stage != Stage.PASSING) {
            part.release();
            return null;
        }
        received += part.readableBytes();
        return showing.body(part, last, carrier::pump);
    }

    /** Whether the carrier will be pumped once more can be shown: no part may come until then, and an empty one has to. */
    boolean showsLater() {
        return stage == Stage.PASSING && showing.waits();
    }

    /** Does off the loop what has to be done before more goes on. */
    private void work(Ruling.After after, Runnable then) {
        String event = decided;
        setting.offLoop(() -> after.work().accept(event), failed -> {
            if (failed != null) {
                fail(Denials.broken(failed));
            } else if (stage == Stage.PASSING) {
                then.run();
            }
        });
    }

    /** It is over, in whatever way. May be repeated. */
    void over() {
        if (stage == Stage.OVER) {
            return;
        }
        asked.giveUp();
        boolean forwarded = stage == Stage.PASSING;
        stage = Stage.OVER;
        lookers.forEach(Looker::close);
        gathered.forEach(ByteBuf::release);
        gathered.clear();
        showing.close();
        @Nullable Decision noted = null;
        for (Outgoing outgoing : outgoings) {
            noted = noted == null ? outgoing.noted() : noted;
            outgoing.over();
        }
        if (forwarded) {
            setting.record(body(), decided, noted);
        }
    }

    /** Whether it was refused, and nothing more of it is of interest. */
    boolean refused() {
        return stage == Stage.REFUSED;
    }

    private Body.Http body() {
        return setting.http(head.method(), path, status, sent, received);
    }
}
