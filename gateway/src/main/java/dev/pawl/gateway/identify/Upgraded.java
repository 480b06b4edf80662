package dev.pawl.gateway.identify;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is spoken after a request of HTTP handed the connection over: a WebSocket, a tunnel, another upgrade. */
final class Upgraded {
    private final WebSocketFrames out = new WebSocketFrames();
    private final WebSocketFrames in = new WebSocketFrames();
    private final Inner inner = new Inner();
    private int outTaken = -1;
    private int inTaken = -1;

    /** Judges what stands behind the head that ends at {@code after}; {@code reply} is null until it is answered. */
    Verdict judge(Seen seen, HttpHead head, @Nullable HttpHead reply, int after, Identity http) {
        return head.word(0).equals("CONNECT")
                ? tunnel(seen, head, reply, after, http)
                : socket(seen, head, reply, after, http);
    }

    /** Whether a request asks for a WebSocket. */
    static boolean socket(HttpHead head) {
        return head.all("upgrade").toLowerCase(Locale.ROOT).contains("websocket");
    }

    /** Whether that answer hands the connection over. */
    static boolean granted(HttpHead head, HttpHead reply) {
        String status = reply.word(1);
        return head.word(0).equals("CONNECT") ? status.startsWith("2") : status.equals("101");
    }

    private Verdict tunnel(Seen seen, HttpHead head, @Nullable HttpHead reply, int after, Identity http) {
        if (head.word(1).startsWith("PageKite:")) {
            return Verdict.yes(Identity.certain("pagekite").over("http"));
        }
        Bytes back = reply == null ? Bytes.NONE : seen.in().from(reply.end());
        return inner.judge(seen.out().from(after), back, http);
    }

    private Verdict socket(Seen seen, HttpHead head, @Nullable HttpHead reply, int after, Identity http) {
        String offered = head.all("sec-websocket-protocol");
        String agreed = reply == null ? null : reply.only("sec-websocket-protocol");
        String subprotocol = agreed != null ? agreed : offered;
        Identity socket = new Identity(
                "websocket",
                "http",
                null,
                Confidence.CERTAIN,
                http.opening(),
                Details.http(http.details().host(), http.details().port(), subprotocol));
        Identity tunnel = tunnel(head, offered, socket);
        if (tunnel != null) {
            return Verdict.yes(tunnel);
        }
        outTaken = take(out, seen.out(), Math.max(outTaken, after));
        if (reply != null) {
            inTaken = take(in, seen.in(), Math.max(inTaken, reply.end()));
        }
        if (out.ssh() || in.ssh()) {
            return Verdict.yes(as("ssh", socket));
        }
        return switch (Stratum.verdict(out.ear(), in.ear())) {
            case Verdict.Yes(Identity stratum) ->
                Verdict.yes(as("stratum", socket).dialect(stratum.dialect()));
            case Verdict.Maybe(Identity likely) ->
                Verdict.maybe(
                        likely.protocol().equals("stratum")
                                ? as("stratum", socket)
                                        .dialect(likely.dialect())
                                        .suspected()
                                : socket.dialect("json-rpc"));
            case Verdict.Surely _, Verdict.More _, Verdict.No _ ->
                Verdict.maybe(relayed(head, subprotocol) ? as("wstunnel", socket) : socket);
        };
    }

    /** The relay of that name for Node: what it carries counts before its own name. */
    private static boolean relayed(HttpHead head, String subprotocol) {
        return subprotocol.equals("tunnel-protocol")
                && (head.has("x-wstclient") || head.word(1).contains("dst="));
    }

    private static int take(WebSocketFrames frames, Bytes bytes, int from) {
        for (int i = from; i < bytes.length(); i++) {
            frames.accept(bytes.at(i));
        }
        return Math.max(from, bytes.length());
    }

    private static Identity as(String protocol, Identity socket) {
        return new Identity(protocol, "websocket", null, Confidence.CERTAIN, socket.opening(), socket.details());
    }

    /** Tunnels by the names they give themselves in the request. */
    private static @Nullable Identity tunnel(HttpHead head, String offered, Identity socket) {
        String target = head.word(1);
        if (offered.startsWith("chisel-v")) {
            return as("chisel", socket).dialect(offered);
        }
        if (target.startsWith("/wstunnel/")
                || (target.endsWith("/events")
                        && offered.startsWith("v1")
                        && offered.contains("authorization.bearer."))) {
            return as("wstunnel", socket);
        }
        if (target.startsWith("/~!frp")) {
            return as("frp", socket);
        }
        return head.has("x-inlets-upstream") || head.has("x-inlets-id") ? as("inlets", socket) : null;
    }
}
