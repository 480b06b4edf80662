package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of one answer back past those who looked at the request, the last of them first. A body that nobody looks at passes
 * as it is. Used on one event loop.
 */
final class Showing {
    private final List<Outgoing> outgoings;
    private List<Looker> readers = List.of();

    Showing(List<Outgoing> outgoings) {
        this.outgoings = outgoings.reversed();
    }

    /** What is shown of a head, or why it is not. */
    Ruling head(Response came) {
        Response shown = came;
        for (Outgoing outgoing : outgoings) {
            switch (outgoing.answer(shown)) {
                case Ruling.Show(Response changed) -> shown = changed;
                case Ruling.Refuse refusal -> {
                    return refusal;
                }
                case Ruling.Pass _,
                        Ruling.Forward _,
                        Ruling.Hold _,
                        Ruling.Spend _,
                        Ruling.Gather _,
                        Ruling.Replace _ -> throw new IllegalStateException("an answer is shown or refused");
            }
        }
        if (readers.isEmpty()) {
            readers = readers();
        }
        return new Ruling.Show(shown);
    }

    private List<Looker> readers() {
        List<Looker> found = new ArrayList<>();
        for (Outgoing outgoing : outgoings) {
            if (outgoing.readsAnswer()) {
                found.add(new Looker(outgoing::answerBody));
            }
        }
        return found;
    }

    /** What is shown of the body now; takes over the part. */
    Looker.Seen body(ByteBuf part, boolean last) {
        ByteBuf through = part;
        for (Looker reader : readers) {
            Looker.Seen seen = reader.look(through, Unpooled.EMPTY_BUFFER, last);
            if (seen.refusal() != null) {
                return seen;
            }
            if (seen.hold() != null) {
                throw new IllegalStateException("an answer is not held");
            }
            through = seen.forward();
        }
        return new Looker.Seen(through);
    }

    void close() {
        readers.forEach(Looker::close);
    }
}
