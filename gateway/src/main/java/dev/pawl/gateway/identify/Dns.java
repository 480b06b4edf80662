package dev.pawl.gateway.identify;

/** DNS over TCP (RFC 7766): messages with their length in front, from either side. */
final class Dns implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.isEmpty()) {
            return seen.in().length() < 2
                    ? Verdict.MORE
                    : DnsMessage.judge(seen.in().from(2), seen.in().u16(0));
        }
        return out.length() < 2 ? Verdict.MORE : DnsMessage.judge(out.from(2), out.u16(0));
    }
}
