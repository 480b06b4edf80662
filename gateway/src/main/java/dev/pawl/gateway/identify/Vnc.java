package dev.pawl.gateway.identify;

/** RFB, which VNC speaks (RFC 6143, 7.1.1): twelve bytes with the version, of the server first. */
final class Vnc implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Bytes bytes = seen.first() == Way.OUT ? seen.out() : seen.in();
        if (bytes.length() < 12) {
            return bytes.agrees("RFB ") ? Verdict.MORE : Verdict.NO;
        }
        return bytes.text(0, 12).matches("RFB [0-9]{3}\\.[0-9]{3}\n")
                ? Verdict.yes(Identity.certain("vnc"))
                : Verdict.NO;
    }
}
