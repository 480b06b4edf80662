package dev.pawl.gateway.spend;

import dev.pawl.core.Decision;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.inspect.Ruling;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether one request costs money. One that may is held back whole until that is known: nobody can agree to what she has not
 * seen, and a yes holds for all of it. Used on one event loop.
 */
final class Guarding implements Outgoing {
    static final String UNCLEAR = "spend-unclear";

    private static final int FORBIDDEN = 403;

    private final Recogniser recogniser;
    private final String host;
    private final Map<Group, List<Entry>> at;
    private final SpendDesk desk;
    /** While its body is gathered. */
    private @Nullable Call call;

    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private boolean agreed;

    Guarding(Recogniser recogniser, String host, Map<Group, List<Entry>> at, SpendDesk desk) {
        this.recogniser = recogniser;
        this.host = host;
        this.at = at;
        this.desk = desk;
    }

    @Override
    public Ruling head(Head head) {
        Call opened = Call.of(head);
        boolean upgrade = head.header("sec-websocket-key").isPresent();
        if (recogniser.find(opened, host, at, upgrade ? Content.none() : Content.unseen()) instanceof Finding.Clear) {
            return new Ruling.Pass(head);
        }
        if (upgrade) {
            return refuse("a connection that changes its protocol has no end at which it could be looked at", opened);
        }
        call = opened;
        return new Ruling.Gather(head);
    }

    @Override
    public boolean asks() {
        return call != null;
    }

    @Override
    public Ruling body(ByteBuf part, boolean last) {
        int count = part.readableBytes();
        if (call == null || agreed) {
            return new Ruling.Forward(count);
        }
        if (count > Bodies.MOST - body.size() || !desk.take(count)) {
            return refuse("its body is larger than " + Bodies.MOST + " bytes, or too many wait to be looked at", call);
        }
        byte[] bytes = new byte[count];
        part.getBytes(part.readerIndex(), bytes);
        body.writeBytes(bytes);
        return last ? whole(call, count) : new Ruling.Forward(count);
    }

    private Ruling whole(Call whole, int count) {
        Content content = Content.of(body.toByteArray(), whole.type(), whole.codings());
        free();
        return switch (recogniser.find(whole, host, at, content)) {
            case Finding.Clear _ -> new Ruling.Forward(count);
            case Finding.Ambiguous(String reason) -> refuse(reason, whole);
            case Finding.Spends spends ->
                new Ruling.Spend(
                        spends.provider(),
                        spends.operation(),
                        spends.change().text(),
                        spends.price(),
                        spends.details(),
                        SpendVoice.of(spends.group(), whole));
        };
    }

    @Override
    public void agreed() {
        agreed = true;
    }

    @Override
    public void over() {
        free();
    }

    private void free() {
        desk.giveBack(body.size());
        body = new ByteArrayOutputStream(0);
    }

    private Ruling refuse(String reason, Call opened) {
        return new Ruling.Refuse(
                new Decision(
                        Decision.Verdict.DENY,
                        UNCLEAR,
                        "no-spending",
                        "The call may be one that costs money, and nobody can tell: " + reason + ".",
                        "gateway"),
                FORBIDDEN,
                SpendVoice.of(at.keySet().iterator().next(), opened));
    }
}
