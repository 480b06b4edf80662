package dev.pawl.gateway.identify;

/**
 * Tells what a flow of datagrams speaks: each of the first few is looked at by itself, since none depends on another, but
 * for OpenVPN, of which only question and answer together are certain. Used by one thread.
 */
public final class Datagrams {
    private static final int MOST = 8;

    private Identity best = Identity.UNKNOWN;
    private int seen;
    private boolean settled;
    private int outReset;
    private int inReset;

    /** Takes one datagram, or its beginning; says whether it is settled now. */
    public boolean take(Way way, byte[] bytes, int length) {
        if (settled || length == 0) {
            return settled;
        }
        Bytes datagram = new Bytes(bytes, 0, Math.min(bytes.length, length));
        switch (DatagramShapes.judge(datagram)) {
            case Verdict.Yes(Identity identity) -> settle(identity);
            case Verdict.Maybe(Identity identity) -> best = best.known() ? best : identity;
            case Verdict.Surely _, Verdict.More _, Verdict.No _ -> openVpn(way, datagram);
        }
        settled |= ++seen >= MOST;
        return settled;
    }

    private void openVpn(Way way, Bytes datagram) {
        int reset = DatagramShapes.openVpnReset(datagram);
        outReset = way == Way.OUT && outReset == 0 ? reset : outReset;
        inReset = way == Way.IN && inReset == 0 ? reset : inReset;
        boolean answered =
                (outReset == 8 && inReset > 0 && inReset != 8) || (inReset == 8 && outReset > 0 && outReset != 8);
        if (answered || (reset > 0 && DatagramShapes.openVpnPlain(datagram))) {
            settle(Identity.certain("openvpn"));
        }
    }

    private void settle(Identity identity) {
        best = identity;
        settled = true;
    }

    /** Whether the answer is final. */
    public boolean settled() {
        return settled;
    }

    /** The answer as far as it is known. */
    public Identity identity() {
        return best;
    }
}
