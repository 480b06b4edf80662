package dev.pawl.gateway.identify;

/** BitTorrent (BEP 3): the handshake between peers. */
final class BitTorrent implements Recogniser {
    private static final String HELLO = "\u0013BitTorrent protocol";

    @Override
    public Verdict judge(Seen seen) {
        if (seen.out().starts(HELLO) || seen.in().starts(HELLO)) {
            return Verdict.yes(Identity.certain("bittorrent"));
        }
        return seen.out().agrees(HELLO) ? Verdict.MORE : Verdict.NO;
    }
}
