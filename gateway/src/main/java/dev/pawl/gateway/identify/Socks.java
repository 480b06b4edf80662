package dev.pawl.gateway.identify;

/** SOCKS 4, 4a and 5 (RFC 1928): a request that the server answers as one, and what is carried behind. */
final class Socks implements Recogniser {
    private final Inner inner = new Inner();

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.isEmpty()) {
            return Verdict.MORE;
        }
        return switch (out.at(0)) {
            case 4 -> four(seen);
            case 5 -> five(seen);
            default -> Verdict.NO;
        };
    }

    private Verdict four(Seen seen) {
        Bytes out = seen.out();
        if (out.length() < 9) {
            return out.length() > 1 && out.at(1) != 1 && out.at(1) != 2 ? Verdict.NO : Verdict.MORE;
        }
        if (out.at(1) != 1 && out.at(1) != 2) {
            return Verdict.NO;
        }
        int end = out.indexOf(0, 8);
        boolean named = out.u24(4) == 0 && out.at(7) != 0;
        if (end >= 0 && !out.printable(8, end)) {
            return Verdict.NO;
        }
        int name = end;
        if (end >= 0 && named) {
            end = out.indexOf(0, end + 1);
            if (end >= 0 && !out.printable(name + 1, end)) {
                return Verdict.NO;
            }
        }
        if (end < 0) {
            return out.length() < 600 ? Verdict.MORE : Verdict.NO;
        }
        Identity socks = Identity.certain("socks").dialect(named ? "socks4a" : "socks4");
        Bytes in = seen.in();
        if (in.length() < 8) {
            return in.isEmpty() || in.at(0) == 0 ? Verdict.maybe(socks) : Verdict.NO;
        }
        boolean answered = in.at(0) == 0 && in.at(1) >= 0x5a && in.at(1) <= 0x5d;
        return answered ? inner.judge(out.from(end + 1), in.from(8), socks) : Verdict.NO;
    }

    /** Methods, the method chosen, then a request that is answered; with a password there is a step between. */
    private Verdict five(Seen seen) {
        Bytes out = seen.out();
        Bytes in = seen.in();
        if (out.length() < 2) {
            return Verdict.MORE;
        }
        int methods = out.at(1);
        int request = 2 + methods;
        for (int i = 2; i < Math.min(request, out.length()); i++) {
            if (out.at(i) > 9 && out.at(i) < 0x80) {
                return Verdict.NO;
            }
        }
        if (methods == 0 || methods > 32) {
            return Verdict.NO;
        }
        if (out.length() < request) {
            return Verdict.MORE;
        }
        Identity socks = Identity.certain("socks").dialect("socks5");
        if (in.length() < 2) {
            return in.isEmpty() || in.at(0) == 5 ? Verdict.maybe(socks.suspected()) : Verdict.NO;
        }
        boolean chosen =
                in.at(0) == 5 && (in.at(1) == 0xff || out.part(2, request).indexOf(in.at(1), 0) >= 0);
        if (!chosen) {
            return Verdict.NO;
        }
        int asked = request;
        int answered = 2;
        if (in.at(1) == 2) {
            asked = password(out, request);
            answered = 4;
        } else if (in.at(1) != 0) {
            return Verdict.yes(socks);
        }
        int length = asked < 0 ? -1 : addressed(out, asked);
        int answer = addressed(in, answered);
        return length < 0 || answer < 0 ? Verdict.maybe(socks) : inner.judge(out.from(length), in.from(answer), socks);
    }

    /** Where a name and a password that begin there end (RFC 1929), -1 if they have not come whole. */
    private static int password(Bytes out, int at) {
        if (out.length() < at + 2 || out.length() < at + 3 + out.at(at + 1)) {
            return -1;
        }
        int second = at + 2 + out.at(at + 1);
        return second + 1 + out.at(second);
    }

    /** Where a request or answer that begins there ends, -1 if it has not come whole. */
    private static int addressed(Bytes bytes, int at) {
        if (bytes.length() < at + 5) {
            return -1;
        }
        int length = switch (bytes.at(at + 3)) {
            case 1 -> 4;
            case 3 -> 1 + bytes.at(at + 4);
            case 4 -> 16;
            default -> -1;
        };
        int end = at + 4 + length + 2;
        return length < 0 || end > bytes.length() ? -1 : end;
    }
}
