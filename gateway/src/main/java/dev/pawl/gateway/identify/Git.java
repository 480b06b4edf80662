package dev.pawl.gateway.identify;

/** The protocol of git itself (gitprotocol-pack): a line with its length in front that names a service. */
final class Git implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        for (int i = 0; i < Math.min(4, out.length()); i++) {
            if (Character.digit(out.at(i), 16) < 0 || out.at(i) > 0x7f) {
                return Verdict.NO;
            }
        }
        if (out.length() < 5) {
            return Verdict.MORE;
        }
        for (String service : new String[] {"git-upload-pack ", "git-receive-pack ", "git-upload-archive "}) {
            if (out.is(4, service)) {
                return Verdict.yes(Identity.certain("git").dialect(service.strip()));
            }
            if (out.agrees(4, service)) {
                return Verdict.MORE;
            }
        }
        return Verdict.NO;
    }
}
