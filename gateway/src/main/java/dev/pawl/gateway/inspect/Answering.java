package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes the answer to one request on as it comes, interim answers before it. Used on one event loop. */
final class Answering {
    /** What comes of a step. */
    sealed interface Step {
        /** Something was passed on. */
        record Moved() implements Step {}

        /** More has to come, or something has to be done first. */
        record More() implements Step {}

        /** The answer is whole. */
        record Whole() implements Step {}

        /** From here on it is WebSocket. */
        record Upgraded() implements Step {}

        /** It is not shown, which the screening tells. */
        record Refused() implements Step {}

        /** It is no answer. */
        record Bad(String reason) implements Step {}
    }

    private static final Step MOVED = new Step.Moved();
    private static final Step MORE = new Step.More();
    private static final Step WHOLE = new Step.Whole();
    private static final Step REFUSED = new Step.Refused();
    private static final Step UPGRADED = new Step.Upgraded();

    private static final String LENGTH = "content-length";

    private final Opening.Request asked;
    private final Screening screening;
    private final Peer agent;
    private final Peer server;
    private final HeadReader heads = new HeadReader(false);
    private Answered.@Nullable Response answer;
    private @Nullable BodyReader body;
    private boolean chunked;
    private boolean last;
    private int interim;
    /** What goes on once something was done. */
    private @Nullable Supplier<Step> later;
    /** All of its body was shown. */
    private boolean allShown;

    Answering(Opening.Request asked, Screening screening, Peer agent, Peer server) {
        this.asked = asked;
        this.screening = screening;
        this.agent = agent;
        this.server = server;
        this.last = asked.last();
    }

    /** Whether the agent has got the beginning of it. */
    boolean begun() {
        return answer != null;
    }

    /** Whether nothing of it came, no interim answer either. */
    boolean silent() {
        return answer == null && interim == 0 && !server.unread().isReadable();
    }

    /** Whether it ends with the connection. */
    boolean untilClose() {
        return answer != null && answer.framing() instanceof Framing.UntilClose;
    }

    /** Whether its body is at its end, or has none; a chunked one is at its end only with {@link Step.Whole}. */
    boolean over() {
        return body != null && body.over() && !chunked;
    }

    /** Whether the connection ends after it. */
    boolean last() {
        return last;
    }

    /** {@code whole} is whether all of the request went on: an answer that comes before ends the connection. */
    Step step(boolean whole) {
        if (later != null) {
            return later();
        }
        if (body != null) {
            return body(body);
        }
        return switch (heads.read(server.unread())) {
            case HeadReader.Result.More _ -> MORE;
            case HeadReader.Result.Bad(int _, String reason) -> new Step.Bad("of the answer, " + reason);
            case HeadReader.Result.Whole(String line, List<Header> fields) -> head(line, fields, whole);
        };
    }

    private Step head(String line, List<Header> fields, boolean whole) {
        switch (Answered.of(line, fields, asked.head().method().equals("HEAD"))) {
            case Answered.Bad(String reason) -> {
                return new Step.Bad(reason);
            }
            case Answered.Response told
            when told.status() == 101 -> {
                return upgraded(told, fields, whole);
            }
            case Answered.Response told
            when told.status() < 200 -> {
                return interim(told);
            }
            case Answered.Response told -> {
                return begin(told, whole);
            }
        }
    }

    private Step interim(Answered.Response told) {
        interim++;
        if (interim > Limits.INTERIM) {
            return new Step.Bad("the server sent more than " + Limits.INTERIM + " interim answers");
        }
        Answered.Response shown = shown(told);
        if (shown == null) {
            return REFUSED;
        }
        if (!asked.version10()) {
            agent.write(HeadText.answer(agent.alloc(), shown, Framing.NONE, false, false, ""));
        }
        return MOVED;
    }

    private Step upgraded(Answered.Response told, List<Header> fields, boolean whole) {
        if (!asked.upgrade() || !whole || !Hops.of(fields).upgradesTo("websocket")) {
            return new Step.Bad("the server changed to a protocol nobody asked for");
        }
        Answered.Response shown = shown(told);
        if (shown == null) {
            return REFUSED;
        }
        answer = shown;
        agent.write(HeadText.answer(agent.alloc(), shown, Framing.NONE, false, false, "websocket"));
        return UPGRADED;
    }

    /** What of the head the agent is shown; who looks sees the length that frames the body as well. */
    private Answered.@Nullable Response shown(Answered.Response told) {
        List<Header> fields = told.fields();
        if (told.framing() instanceof Framing.Length(long bytes)) {
            fields = new ArrayList<>(fields);
            fields.add(new Header(LENGTH, Long.toString(bytes)));
        }
        Response came = new Response(told.status(), fields);
        Response shown = screening.answer(came);
        if (shown == null || shown.equals(came)) {
            return shown == null ? null : told;
        }
        return told.with(
                shown.headers().stream().filter(field -> !field.is(LENGTH)).toList());
    }

    private Step begin(Answered.Response came, boolean whole) {
        Answered.Response told = shown(came);
        if (told == null) {
            return REFUSED;
        }
        answer = told;
        Framing framing = told.framing();
        chunked = framing instanceof Framing.Chunked && !asked.version10();
        boolean unframed = framing instanceof Framing.Chunked && asked.version10();
        last |= told.last() || unframed || !whole;
        body = new BodyReader(framing);
        agent.write(HeadText.answer(
                agent.alloc(), told, unframed ? new Framing.UntilClose() : framing, last, asked.version10(), ""));
        return MOVED;
    }

    private Step body(BodyReader reader) {
        return switch (reader.next(server.unread())) {
            case BodyReader.Step.More _ -> MORE;
            case BodyReader.Step.Bad(String reason) -> new Step.Bad("of the answer, " + reason);
            case BodyReader.Step.Part(ByteBuf bytes) -> part(bytes, reader.over());
            case BodyReader.Step.End(List<Header> trailers) -> end(trailers);
        };
    }

    /** Whether a step may move something. */
    boolean spoken() {
        return waits() || server.unread().isReadable();
    }

    /** Whether a part of it was kept back until something is done, or is so still. */
    boolean waits() {
        return later != null;
    }

    private Step later() {
        Supplier<Step> next = later;
        if (next == null || screening.showsLater()) {
            return MORE;
        }
        later = null;
        return next.get();
    }

    private Step part(ByteBuf bytes, boolean end) {
        ByteBuf shown = screening.answer(bytes, end);
        if (shown == null && screening.showsLater()) {
            later = () -> part(Unpooled.EMPTY_BUFFER, end);
            return MORE;
        }
        if (shown == null) {
            return REFUSED;
        }
        allShown = end;
        if (chunked && shown.isReadable()) {
            agent.write(HeadText.chunkLine(agent.alloc(), shown.readableBytes()));
            agent.write(shown);
            agent.write(HeadText.chunkEnd(agent.alloc()));
        } else {
            agent.write(shown);
        }
        return MOVED;
    }

    private Step end(List<Header> trailers) {
        Step rest = rest();
        if (rest instanceof Step.More) {
            later = () -> end(trailers);
            return MORE;
        }
        Response told = trailers.isEmpty() || answer == null
                ? new Response(200, List.of())
                : screening.answer(new Response(answer.status(), trailers));
        if (rest instanceof Step.Refused || told == null) {
            return REFUSED;
        }
        if (chunked) {
            agent.write(HeadText.trailers(agent.alloc(), told.headers()));
        }
        return WHOLE;
    }

    /** What was kept back of the body until its end is known. */
    Step rest() {
        return allShown ? MOVED : part(Unpooled.EMPTY_BUFFER, true);
    }
}
