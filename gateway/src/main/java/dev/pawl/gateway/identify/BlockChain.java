package dev.pawl.gateway.identify;

/** Peers of Bitcoin and its like (a message head with a magic and a command), and of Ethereum (RLPx by EIP-8, by shape). */
final class BlockChain implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.length() >= 20 && command(out)) {
            return Verdict.yes(Identity.certain("bitcoin"));
        }
        if (out.length() < 20) {
            return Verdict.MORE;
        }
        // A length that fits what was sent before any answer, a point that is not compressed, and bytes without order.
        boolean shape = out.u16(0) >= 300 && out.u16(0) <= 800 && out.at(2) == 4;
        if (!shape) {
            return Verdict.NO;
        }
        int sent = seen.firstOut() < 0 ? out.length() : seen.firstOut();
        boolean fits = out.u16(0) + 2 == sent && out.distinct() > 180;
        return fits ? Verdict.maybe(Identity.suspect("ethereum")) : seen.firstOut() < 0 ? Verdict.MORE : Verdict.NO;
    }

    private static boolean command(Bytes out) {
        for (String command : new String[] {"version", "verack", "getaddr", "inv", "getdata", "sendcmpct", "ping"}) {
            if (out.is(4, command) && zeros(out, 4 + command.length(), 16)) {
                return true;
            }
        }
        return false;
    }

    private static boolean zeros(Bytes bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes.at(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
