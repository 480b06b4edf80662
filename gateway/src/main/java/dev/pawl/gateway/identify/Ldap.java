package dev.pawl.gateway.identify;

/** LDAP (RFC 4511, 4.1.1): a message whose number is short and whose operation is a bind, a search or an extended one. */
final class Ldap implements Recogniser {
    private static final int ENOUGH = 12;

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.length() < ENOUGH) {
            return out.isEmpty() || out.at(0) == 0x30 ? Verdict.MORE : Verdict.NO;
        }
        int lengthBytes = out.at(1) < 0x80 ? 0 : out.at(1) & 0x7f;
        int number = 2 + lengthBytes;
        if (out.at(0) != 0x30
                || lengthBytes > 4
                || out.at(number) != 2
                || out.at(number + 1) == 0
                || out.at(number + 1) > 2) {
            return Verdict.NO;
        }
        int operation = number + 2 + out.at(number + 1);
        return switch (out.at(operation)) {
            case 0x60 -> bind(out, operation);
            case 0x63, 0x77 -> Verdict.yes(Identity.certain("ldap"));
            default -> Verdict.NO;
        };
    }

    private static Verdict bind(Bytes out, int operation) {
        if (out.length() < operation + 2) {
            return Verdict.MORE;
        }
        int lengthBytes = out.at(operation + 1) < 0x80 ? 0 : out.at(operation + 1) & 0x7f;
        int version = operation + 2 + lengthBytes;
        if (lengthBytes > 4) {
            return Verdict.NO;
        }
        if (out.length() < version + 3) {
            return Verdict.MORE;
        }
        boolean known = out.u16(version) == 0x0201 && (out.at(version + 2) == 2 || out.at(version + 2) == 3);
        return known ? Verdict.yes(Identity.certain("ldap")) : Verdict.NO;
    }
}
