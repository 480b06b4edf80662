package dev.pawl.gateway.identify;

/** A message of DNS (RFC 1035, 4.1), as far as its head and its first question show. */
final class DnsMessage {
    private static final int HEAD = 12;
    private static final int NAME_LIMIT = 255;

    private DnsMessage() {}

    /** Whether a message of {@code length} bytes stands there, of which the bytes are the beginning. */
    static Verdict judge(Bytes message, int length) {
        if (length < HEAD + 5) {
            return length == HEAD ? empty(message) : Verdict.NO;
        }
        if (message.length() < HEAD) {
            return Verdict.MORE;
        }
        int flags = message.u16(2);
        boolean answer = (flags & 0x8000) != 0;
        int opcode = flags >> 11 & 0xf;
        int questions = message.u16(4);
        int records = message.u16(6) + message.u16(8) + message.u16(10);
        boolean head = opcode <= 6
                && opcode != 3
                && (flags & 0x0040) == 0
                && questions <= 8
                && (questions > 0 || (flags == 0x8400 && message.u16(6) > 0))
                && (answer ? records < 512 : message.u16(6) <= 64 && records < 128)
                && (questions > 0 || records > 0)
                && length >= HEAD + questions * 5 + records * 11;
        if (!head) {
            return Verdict.NO;
        }
        return name(message, length, questions > 0 ? 4 : 10);
    }

    /** An answer with nothing but its head: refused, or not understood. */
    private static Verdict empty(Bytes message) {
        if (message.length() < HEAD) {
            return Verdict.MORE;
        }
        boolean refusal =
                (message.at(2) & 0x80) != 0 && (message.at(3) & 0xf) != 0 && message.u32(4) == 0 && message.u32(8) == 0;
        return refusal ? Verdict.maybe(Identity.suspect("dns")) : Verdict.NO;
    }

    private static Verdict name(Bytes message, int length, int rest) {
        int at = HEAD;
        while (at < message.length()) {
            int label = message.at(at);
            if (label == 0) {
                int type = at + 1;
                if (type + 4 > length) {
                    return Verdict.NO;
                }
                if (type + 4 > message.length()) {
                    return Verdict.MORE;
                }
                int kind = message.u16(type + 2) & 0x7fff;
                boolean known = kind == 1 || kind == 3 || kind == 4 || kind == 254 || kind == 255 || rest == 10;
                return known && message.u16(type) != 0
                        ? Verdict.yes(Identity.certain(netbios(message) ? "netbios" : "dns"))
                        : Verdict.NO;
            }
            if (label > 63 || at + label - HEAD > NAME_LIMIT) {
                return Verdict.NO;
            }
            at += 1 + label;
        }
        return at >= length ? Verdict.NO : Verdict.MORE;
    }

    /** Names of NetBIOS are letters A to P, two for each byte (RFC 1001, 14.1). */
    private static boolean netbios(Bytes message) {
        if (message.length() < HEAD + 33 || message.at(HEAD) != 32) {
            return false;
        }
        for (int i = HEAD + 1; i <= HEAD + 32; i++) {
            if (message.at(i) < 'A' || message.at(i) > 'P') {
                return false;
            }
        }
        return true;
    }
}
