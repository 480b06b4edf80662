package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one answer back past those who looked at the request, the last of them first. A body that nobody looks at passes
 * as it is. Used on one event loop.
 */
final class Showing {
    private static final int FORBIDDEN = 403;

    private final List<Outgoing> outgoings;
    private final Refusing refusing;
    private final Working working;
    private List<Looker> readers = List.of();
    /** Who of the readers goes on first. */
    private int next;

    private boolean waits;

    /** Refuses the request, also where a part of its answer was shown. */
    interface Refusing {
        /** For this reason, told in this voice. */
        void refuse(int code, Decision why, Problem.Voice voice);
    }

    /** Does off the event loop what has to be done first. */
    interface Working {
        /** {@code then} runs on the loop if it was done. */
        void run(Ruling.After after, Runnable then);
    }

    Showing(List<Outgoing> outgoings, Refusing refusing, Working working) {
        this.outgoings = outgoings;
        this.refusing = refusing;
        this.working = working;
    }

    /** What is shown of a head; null where it is refused. */
    @Nullable
    Response head(Response came) {
        Response shown = came;
        try {
            for (Outgoing outgoing : outgoings.reversed()) {
                switch (outgoing.answer(shown)) {
                    case Ruling.Show(Response changed) -> shown = changed;
                    case Ruling.Refuse(Decision why, int code, Problem.Voice voice) -> {
                        refusing.refuse(code, why, voice);
                        return null;
                    }
                    case Ruling.Pass _,
                            Ruling.Forward _,
                            Ruling.Hold _,
                            Ruling.Spend _,
                            Ruling.Decide _,
                            Ruling.After _,
                            Ruling.Gather _,
                            Ruling.Replace _ -> throw new IllegalStateException("an answer is shown or refused");
                }
            }
            if (readers.isEmpty()) {
                readers = readers();
            }
        } catch (RuntimeException e) {
            refusing.refuse(FORBIDDEN, Denials.broken(e), Problem.PLAIN);
            return null;
        }
        return shown;
    }

    private List<Looker> readers() {
        List<Looker> found = new ArrayList<>();
        for (Outgoing outgoing : outgoings.reversed()) {
            if (outgoing.readsAnswer()) {
                found.add(new Looker(outgoing::answerBody));
            }
        }
        return found;
    }

    /** Whether something is done first: until the carrier is pumped no part may come, and then an empty one. */
    boolean waits() {
        return waits;
    }

    /** What is shown of the body now; null where it is refused, or {@link #waits}. Takes over the part. */
    @Nullable
    ByteBuf body(ByteBuf part, boolean last, Runnable pump) {
        ByteBuf through = part;
        int from = next;
        next = 0;
        try {
            for (int i = from; i < readers.size(); i++) {
                ByteBuf given = through;
                through = Unpooled.EMPTY_BUFFER;
                Looker.Seen seen = readers.get(i).look(given, Unpooled.EMPTY_BUFFER, last);
                if (seen.refusal() != null) {
                    Ruling.Refuse refusal = seen.refusal();
                    refusing.refuse(refusal.status(), refusal.decision(), refusal.voice());
                    return null;
                }
                if (seen.after() != null) {
                    next = i;
                    waits = true;
                    working.run(seen.after(), () -> {
                        waits = false;
                        pump.run();
                    });
                    return null;
                }
                if (seen.hold() != null) {
                    throw new IllegalStateException("an answer is not held");
                }
                through = seen.forward();
            }
            ByteBuf shown = through;
            through = Unpooled.EMPTY_BUFFER;
            return shown;
        } catch (RuntimeException e) {
            refusing.refuse(FORBIDDEN, Denials.broken(e), Problem.PLAIN);
            return null;
        } finally {
            through.release();
        }
    }

    void close() {
        readers.forEach(Looker::close);
    }
}
