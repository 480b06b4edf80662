package dev.pawl.gateway.identify;

import java.util.List;

/** PostgreSQL (protocol 3, 55.7): a start-up packet, or a request for TLS, GSSAPI or to cancel before it. */
final class Postgres implements Recogniser {
    private static final long SSL_REQUEST = 80_877_103;
    private static final long GSS_REQUEST = 80_877_104;
    private static final long CANCEL_REQUEST = 80_877_102;
    private static final int LONGEST = 10_000;
    private static final List<String> FIRST = List.of("user", "database", "application_name", "options", "replication");

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.length() < 8) {
            return out.isEmpty() || (out.at(0) == 0 && (out.length() < 2 || out.at(1) == 0))
                    ? Verdict.MORE
                    : Verdict.NO;
        }
        long length = out.u32(0);
        long code = out.u32(4);
        if ((length == 8 && (code == SSL_REQUEST || code == GSS_REQUEST)) || (length == 16 && code == CANCEL_REQUEST)) {
            return Verdict.yes(Identity.certain("postgresql"));
        }
        if (code >> 16 != 3 || length < 9 || length > LONGEST) {
            return Verdict.NO;
        }
        int end = out.indexOf(0, 8);
        if (end < 0) {
            return out.length() < 40 ? Verdict.MORE : Verdict.NO;
        }
        return FIRST.contains(out.text(8, end)) ? Verdict.yes(Identity.certain("postgresql")) : Verdict.NO;
    }
}
