package dev.pawl.gateway;

import dev.pawl.core.Decision;
import dev.pawl.core.Egress.Passage;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.identify.HttpOpening;
import dev.pawl.gateway.identify.Identifier;
import dev.pawl.gateway.identify.Identity;
import dev.pawl.gateway.identify.Traffic;
import dev.pawl.gateway.identify.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A flow whose upstream is connected: both directions and what is recognised in them. The client's first bytes are held
 * until {@link Gate} lets them go; after that each byte of either side is seen before it goes on, until nothing more can be
 * told. Used on one event loop.
 */
final class Wire {
    /** How many bytes of the client are looked at; those of the server are {@value Identifier#LIMIT}. */
    static final int CLIENT_LIMIT = 8_192;

    private final Relay relay;
    private final Passage passage;
    private final Side agent;
    private final Side upstream;
    private final InetSocketAddress address;
    private final CompletableFuture<String> opening;
    private final Direction out;
    private final Direction in;
    private final Traffic traffic;
    private final Identifier identifier = new Identifier(CLIENT_LIMIT, Identifier.LIMIT);
    private final byte[] first = new byte[HttpOpening.LIMIT];
    private int firstCount;
    private byte[] held = new byte[0];
    private int heldCount;
    private boolean open;
    private Identity judged = Identity.UNKNOWN;
    private @Nullable Decision denial;

    /** What comes of the first bytes: the relay may go on, or stands still, or the flow has to end. */
    enum First {
        OPEN,
        WAITING,
        SPENT,
        REFUSED,
        /** The agent said its last before it had said enough. */
        ENDED
    }

    Wire(
            Relay relay,
            Passage passage,
            Side agent,
            Side upstream,
            InetSocketAddress address,
            CompletableFuture<String> opening) {
        this.relay = relay;
        this.passage = passage;
        this.agent = agent;
        this.upstream = upstream;
        this.address = address;
        this.opening = opening;
        this.traffic = new Traffic(relay.clock().millis());
        this.out = new Direction(agent, upstream, relay.pipes(), relay.sent(), look(Way.OUT));
        this.in = new Direction(upstream, agent, relay.pipes(), relay.received(), look(Way.IN));
        this.open = Gate.first(passage, identifier) instanceof Gate.Open;
    }

    private Direction.Look look(Way way) {
        return new Direction.Look() {
            @Override
            public boolean wants() {
                return identifier.wanted(way) > 0;
            }

            @Override
            public boolean passes(ByteBuffer bytes, int count) {
                byte[] part = new byte[Math.min(count, identifier.wanted(way))];
                bytes.get(0, part);
                see(way, part, part.length);
                return open ? allowed() : server();
            }

            @Override
            public void moved(int count) {
                traffic.note(way, count, relay.clock().millis());
            }
        };
    }

    private void see(Way way, byte[] bytes, int count) {
        if (way == Way.OUT && firstCount < first.length) {
            int taken = Math.min(count, first.length - firstCount);
            System.arraycopy(bytes, 0, first, firstCount, taken);
            firstCount += taken;
        }
        var _ = identifier.take(way, bytes, 0, count);
    }

    /** Whether what is known now may go on; the policy is asked once for each protocol that is recognised. */
    private boolean allowed() {
        Identity identity = identifier.identity();
        if (denial == null && !identity.equals(judged)) {
            boolean same =
                    identity.protocol().equals(judged.protocol()) && identity.confidence() == judged.confidence();
            judged = identity;
            denial = Gate.later(passage, identity);
            if (denial == null && !same) {
                denial = relay.destinations().objection(passage.target(), address.getAddress(), identity);
            }
        }
        return denial == null;
    }

    /** Whether what a server says before its client may say anything may go on. */
    private boolean server() {
        if (Gate.first(passage, identifier) instanceof Gate.Refused(Decision refused)) {
            denial = refused;
            return false;
        }
        return allowed();
    }

    /** Goes on as long as the client's first bytes have to be held. */
    First check() throws IOException {
        if (open) {
            return First.OPEN;
        }
        First read = read();
        if (read != First.WAITING) {
            return read;
        }
        if (Gate.serverFirst(passage.protocol()) && in.moved() < Identifier.LIMIT) {
            if (in.turn() == Direction.Outcome.REFUSED) {
                return First.REFUSED;
            }
            return judge();
        }
        return First.WAITING;
    }

    private First read() throws IOException {
        while (agent.readable) {
            int room = relay.sent().allowance(identifier.wanted(Way.OUT));
            if (room == 0) {
                return relay.sent().spent() ? First.SPENT : refuse();
            }
            ByteBuffer scratch = relay.scratch();
            int count = agent.socket.read(scratch, 0, room);
            if (count == 0) {
                agent.readable = false;
                break;
            }
            if (count < 0) {
                return First.ENDED;
            }
            hold(scratch, count);
            if (!inspected()) {
                out.count(count);
            }
            First judged = judge();
            if (judged != First.WAITING) {
                return judged;
            }
        }
        return First.WAITING;
    }

    private void hold(ByteBuffer bytes, int count) {
        if (heldCount + count > held.length) {
            held = Arrays.copyOf(held, Math.min(CLIENT_LIMIT, Math.max(2 * held.length, heldCount + count)));
        }
        bytes.get(0, held, heldCount, count);
        see(Way.OUT, Arrays.copyOfRange(held, heldCount, heldCount + count), count);
        heldCount += count;
    }

    private First judge() throws IOException {
        return switch (Gate.first(passage, identifier)) {
            case Gate.Wait _ -> First.WAITING;
            case Gate.Refused(Decision refused) -> {
                denial = refused;
                yield First.REFUSED;
            }
            case Gate.Open _ -> {
                if (!allowed()) {
                    yield First.REFUSED;
                }
                open = true;
                if (heldCount > 0 && !inspected()) {
                    out.push(held, heldCount);
                    held = new byte[0];
                }
                yield First.OPEN;
            }
        };
    }

    /** Whether requests of this flow are read, which whoever reads them then passes on. */
    boolean inspected() {
        return passage.terms().inspection().isPresent()
                && (passage.protocol() == Protocol.TLS || passage.protocol() == Protocol.HTTP);
    }

    /** What a TLS client offers to speak (ALPN). */
    List<String> offered() {
        String named = identifier.identity().details().alpn();
        return named == null ? List.of() : List.of(named.split(",", -1));
    }

    /** The client's bytes that were held and never passed on. */
    byte[] held() {
        return Arrays.copyOf(held, heldCount);
    }

    private First refuse() {
        denial = Refusals.mismatch(passage, identifier.identity());
        return First.REFUSED;
    }

    /** Why it may not go on, once it may not; what does not fit the grant where nothing else is known. */
    Decision denial() {
        return denial == null ? Refusals.mismatch(passage, identifier.identity()) : denial;
    }

    /** What it speaks, as far as that is known. */
    Identity identity() {
        return identifier.identity();
    }

    Traffic traffic() {
        return traffic;
    }

    Direction out() {
        return out;
    }

    Direction in() {
        return in;
    }

    Side upstream() {
        return upstream;
    }

    InetSocketAddress address() {
        return address;
    }

    CompletableFuture<String> opening() {
        return opening;
    }

    /** The client's first bytes, of which {@link #firstCount} have come. */
    byte[] first() {
        return first;
    }

    int firstCount() {
        return firstCount;
    }
}
