package dev.pawl.gateway.identify;

/**
 * SSH in the body of a request or an answer, as relays send it that have nothing but HTTP: after a frame head of a few bytes
 * (GNU httptunnel: kind 2 and the length), or as it is. A text that quotes a banner is followed by no packet of SSH.
 */
final class HttpCarried {
    /** Of frames before the first line. */
    private static final int BEFORE = 16;

    private static final int LINE_LIMIT = 255;
    private static final int DATA = 2;

    private HttpCarried() {}

    /** Whether a body that begins as this does carries SSH. More bytes never change a yes. */
    static boolean ssh(Bytes body) {
        for (int at = 0; at <= BEFORE && at < body.length(); at++) {
            int feed = body.is(at, "SSH-") ? body.indexOf('\n', at) : -1;
            if (feed >= 0 && feed - at <= LINE_LIMIT) {
                boolean framed = at >= 3 && body.at(at - 3) == DATA && body.u16(at - 2) == feed + 1 - at;
                boolean bare = (at == 0 || body.at(at - 1) < ' ') && body.is(feed + 1, "\u0000\u0000");
                return framed || bare;
            }
        }
        return false;
    }
}
