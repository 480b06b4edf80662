package dev.pawl.gateway.leak;

import dev.pawl.core.Decision;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.inspect.Ruling;
import dev.pawl.gateway.leak.read.Body;
import dev.pawl.gateway.leak.read.Found;
import dev.pawl.gateway.leak.read.Unreadable;
import dev.pawl.gateway.leak.scan.Patterns;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks through one request as it leaves. Used on one event loop. */
final class Leaving implements Outgoing {
    private static final int FORBIDDEN = 403;
    private static final int STEP = 8192;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PUSH = "git-receive-pack";

    /**
     * Bytes of a body that go on together, once all of them were looked at; behind them only what may still become a finding is kept
     * back. Less than the window of HTTP/2 that a sender may have to stop at.
     */
    private static final int WHOLE = 1 << 15;

    /** Bodies that wait for answers before they end. */
    private static final List<String> STREAMS = List.of("application/grpc", "application/connect");

    private final Patterns patterns;
    private final String host;
    private final Found found = new Found(finding -> false);
    private final Pardon pardon;
    private @Nullable Body body;
    /** What the body is, where nothing is looked at before bytes of it come: most requests have none. */
    private Body.@Nullable Kind plainly;

    private boolean streams;
    private boolean finished;
    private long forwarded;
    private long fed;

    /** {@code asks} is whether a person may let out what is found. */
    Leaving(Patterns patterns, String host, boolean asks) {
        this.patterns = patterns;
        this.host = host;
        this.pardon = new Pardon(asks);
    }

    @Override
    public Ruling head(Head head) {
        try {
            List<Found.Leak> leaks = new HeadCheck(patterns, host).leaks(head);
            Optional<Ruling> objection = pardon.head(leaks);
            if (objection.isPresent()) {
                return objection.get();
            }
            Body.Kind kind = kind(head);
            List<String> codings = codings(head);
            if (codings.isEmpty() && (kind == Body.Kind.ANY || kind == Body.Kind.FORM)) {
                plainly = kind;
            } else {
                body = new Body(patterns, found, kind == Body.Kind.WEBSOCKET ? "message" : "body", kind, codings);
            }
            String type = type(head);
            streams = kind == Body.Kind.WEBSOCKET
                    || (!type.isEmpty() && STREAMS.stream().anyMatch(type::startsWith));
            return new Ruling.Pass(kind == Body.Kind.WEBSOCKET ? plain(head) : head);
        } catch (Unreadable unreadable) {
            return refuse(Refused.unreadable(unreadable));
        }
    }

    @Override
    public Ruling body(ByteBuf part, boolean last) {
        Body reading = body;
        try {
            if (reading == null) {
                if (plainly == null) {
                    return refuse(Refused.unreadable("The request has a body and had no head."));
                }
                if (!part.isReadable()) {
                    return new Ruling.Forward(0);
                }
                reading = new Body(patterns, found, "body", plainly, List.of());
                body = reading;
            }
            feed(reading, part);
            if (last && !finished) {
                finished = true;
                reading.finish();
            }
        } catch (Unreadable unreadable) {
            return refuse(Refused.unreadable(unreadable));
        }
        Optional<Ruling> objection = found.none() ? Optional.empty() : pardon.of(found.all());
        if (objection.isPresent()) {
            return objection.get();
        }
        if (!last && !streams && fed <= WHOLE) {
            return new Ruling.Forward(0);
        }
        long free = last ? fed : Math.min(fed, Math.max(forwarded, reading.held()));
        if (fed - free > MOST_KEPT) {
            return refuse(Refused.unreadable("More of the body would have to be kept back than there is room for."));
        }
        int bytes = (int) (free - forwarded);
        forwarded = free;
        return new Ruling.Forward(bytes);
    }

    @Override
    public boolean asks() {
        return pardon.asks();
    }

    @Override
    public void agreed() {
        pardon.agreed();
    }

    @Override
    public void over() {
        if (body != null) {
            body.close();
        }
    }

    /** Reads what is new: the first bytes of the part are those that were kept back, and were read before. */
    private void feed(Body reading, ByteBuf part) throws Unreadable {
        int known = (int) (fed - forwarded);
        byte[] bytes = new byte[Math.min(STEP, Math.max(0, part.readableBytes() - known))];
        int at = part.readerIndex() + known;
        while (at < part.writerIndex()) {
            int some = Math.min(bytes.length, part.writerIndex() - at);
            part.getBytes(at, bytes, 0, some);
            reading.feed(bytes, 0, some);
            fed += some;
            at += some;
        }
    }

    /** Without the extensions of WebSocket: all there are compress, and compressed messages cannot be looked into one by one. */
    private static Head plain(Head head) {
        return new Head(
                head.method(),
                head.scheme(),
                head.authority(),
                head.target(),
                head.headers().stream()
                        .filter(header -> !header.is("sec-websocket-extensions"))
                        .toList());
    }

    private static String type(Head head) {
        return head.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    }

    private static Body.Kind kind(Head head) {
        if (head.header("sec-websocket-key").isPresent()) {
            return Body.Kind.WEBSOCKET;
        }
        String type = type(head);
        int query = head.target().indexOf('?');
        String path = query < 0 ? head.target() : head.target().substring(0, query);
        if (type.startsWith("application/x-" + PUSH) || path.endsWith("/" + PUSH)) {
            return Body.Kind.GIT_PUSH;
        }
        return type.startsWith(FORM) ? Body.Kind.FORM : Body.Kind.ANY;
    }

    private static List<String> codings(Head head) {
        List<String> codings = new ArrayList<>();
        for (Header header : head.headers()) {
            if (header.is("content-encoding")) {
                for (String word : header.value().split(",", -1)) {
                    codings.add(word.strip());
                }
            }
        }
        return codings;
    }

    private static Ruling refuse(Decision decision) {
        return new Ruling.Refuse(decision, FORBIDDEN);
    }
}
