package dev.pawl.gateway.model;

import dev.pawl.core.Decision;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.inspect.Response;
import dev.pawl.gateway.inspect.Ruling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model. The last byte of the request waits for its reservation; of the answer, what completes the call of a
 * tool, and its end, wait until that is on record. Used on one event loop.
 */
final class Metered implements Outgoing {
    /** What a provider says where nothing is left. */
    static final int EXHAUSTED = 429;

    private static final String UNREADABLE = "model-unreadable";
    private static final int BAD_GATEWAY = 502;
    private static final int STEP = 8192;

    /** Tokens of output that are set aside at a time. */
    private static final long OUTPUT = 8192;

    private final Account account;
    private final Executor blocking;
    private final byte[] buffer = new byte[STEP];
    private Wire wire = Wire.CHAT;
    private @Nullable CallReader asked;
    private @Nullable ModelCall call;
    private @Nullable TurnReader turn;
    /** Bytes of the next part that were read before. */
    private int known;

    private long reserved;
    private boolean stream;
    private boolean failed;
    /** What the part needs is done, and it goes on when it comes again. */
    private boolean done;

    private boolean ended;
    private boolean cut;

    Metered(Account account, Executor blocking) {
        this.account = account;
        this.blocking = blocking;
    }

    @Override
    public Ruling head(Head head) {
        String path = head.path();
        wire = Wire.of(head.method(), path).orElseThrow();
        asked = new CallReader(wire, path, !Header.coded(head.headers()));
        return new Ruling.Pass(head.with("accept-encoding", "identity"));
    }

    @Override
    public Ruling body(ByteBuf part, boolean last) {
        CallReader reader = asked;
        if (reader == null) {
            throw new IllegalStateException("a body without a head");
        }
        read(part, reader::feed);
        if (!last) {
            return keep(part, Math.min(1, part.readableBytes()));
        }
        if (call == null) {
            ModelCall read = reader.end();
            call = read;
            reserved = read.outputEstimate(OUTPUT);
            known = part.readableBytes();
            return new Ruling.After(event -> account.reserve(read, reserved));
        }
        Optional<Decision> refusal = account.refusal();
        return refusal.isPresent() ? exhausted(refusal.get()) : keep(part, 0);
    }

    /** Takes bytes of a body. */
    private interface Reader {
        void feed(byte[] bytes, int from, int to);
    }

    /** Reads of a part what was not read before. */
    private void read(ByteBuf part, Reader reader) {
        for (int at = part.readerIndex() + known; at < part.writerIndex(); ) {
            int some = Math.min(buffer.length, part.writerIndex() - at);
            part.getBytes(at, buffer, 0, some);
            reader.feed(buffer, 0, some);
            at += some;
        }
    }

    private Ruling keep(ByteBuf part, int bytes) {
        known = bytes;
        return new Ruling.Forward(part.readableBytes() - bytes);
    }

    private Ruling exhausted(Decision why) {
        return new Ruling.Refuse(why, EXHAUSTED, new Voice(wire));
    }

    @Override
    public Ruling answer(Response head) {
        if (head.interim() || turn != null) {
            return new Ruling.Show(head);
        }
        failed = head.status() < 200 || head.status() > 299;
        if (!failed && Header.coded(head.headers())) {
            return new Ruling.Refuse(
                    new Decision(
                            Decision.Verdict.DENY,
                            UNREADABLE,
                            null,
                            "The model's answer is compressed though plain text was asked for, so nobody can count it.",
                            "gateway"),
                    BAD_GATEWAY,
                    new Voice(wire));
        }
        if (!failed) {
            String type = head.header("content-type").orElse("");
            turn = new TurnReader(wire, call == null ? "" : call.model(), type);
            stream = TurnReader.streams(type);
            known = 0;
        }
        return new Ruling.Show(head);
    }

    @Override
    public boolean readsAnswer() {
        return turn != null;
    }

    @Override
    public Ruling answerBody(ByteBuf part, boolean last) {
        TurnReader reader = turn;
        if (reader == null || cut) {
            return exhausted(account.refusal().orElseThrow());
        }
        read(part, reader::feed);
        if (last) {
            reader.end();
        }
        boolean grows = reader.writtenSoFar() > reserved;
        if (!done && (reader.tells() || grows || (last && !ended))) {
            done = true;
            known = part.readableBytes();
            return new Ruling.After(needed(reader, last, grows));
        }
        done = false;
        Optional<Decision> refusal = account.refusal();
        if (refusal.isPresent()) {
            cut = true;
            return stream ? told(part, refusal.get()) : exhausted(refusal.get());
        }
        return keep(part, stream || last ? 0 : Math.min(1, part.readableBytes()));
    }

    private Consumer<String> needed(TurnReader reader, boolean last, boolean grows) {
        ModelTurn now = reader.soFar();
        List<ToolCall> calls = reader.told();
        long written = reader.writtenSoFar();
        long more = grows ? (written - reserved + OUTPUT - 1) / OUTPUT * OUTPUT : 0;
        reserved += more;
        boolean ends = last && !ended;
        ended |= last;
        return event -> {
            if (more > 0 && !last) {
                account.more(more);
            }
            if (!calls.isEmpty() || ends) {
                account.record(event, now, calls, ends);
            }
            if (ends) {
                account.answered(now, written);
            }
        };
    }

    /** In place of what comes next the provider's own word for it; then the stream ends. */
    private Ruling told(ByteBuf part, Decision why) {
        known = 0;
        return new Ruling.Replace(part.readableBytes(), Unpooled.wrappedBuffer(new Voice(wire).event(why.because())));
    }

    @Override
    public void over() {
        ModelTurn seen = turn == null ? null : turn.soFar();
        boolean whole = ended;
        boolean costsNothing = failed;
        try {
            blocking.execute(() -> account.over(seen, whole, costsNothing));
        } catch (RejectedExecutionException closed) {
            // Nothing is recorded or settled any more; what was reserved counts.
        }
    }
}
