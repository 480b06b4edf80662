package dev.pawl.gateway.identify;

/** The header a proxy puts before what it passes on (PROXY protocol, versions 1 and 2); what follows is looked at alone. */
final class ProxyHeader implements Recogniser {
    private static final String VERSION_2 = "\r\n\r\n\u0000\r\nQUIT\n";
    private static final int LONGEST = 107;

    private final Inner inner = new Inner();

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        int end = -1;
        if (out.starts("PROXY ")) {
            int feed = out.indexOf('\n', 0);
            end = feed >= 0 && feed < LONGEST ? feed + 1 : -1;
            if (feed >= LONGEST || (feed < 0 && out.length() > LONGEST)) {
                return Verdict.NO;
            }
        } else if (out.starts(VERSION_2) && out.length() >= 16) {
            end = 16 + out.u16(14);
        } else if (!out.agrees("PROXY ") && !out.agrees(VERSION_2)) {
            return Verdict.NO;
        }
        return end < 0 || out.length() < end
                ? Verdict.MORE
                : inner.judge(out.from(end), seen.in(), Identity.certain("haproxy"));
    }
}
