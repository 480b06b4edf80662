package dev.pawl.gateway;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** What a datagram or frame sent to the DNS listener means (RFC 1035, 4.1; EDNS: RFC 6891; counts: RFC 9619). */
sealed interface DnsQuery {
    /** Longest message read, far above any question. */
    int MAX_BYTES = 4_096;

    int FORMERR = 1;
    int NOTIMP = 4;
    int REFUSED = 5;
    int BADVERS = 16;

    int TYPE_A = 1;
    int TYPE_PTR = 12;
    int TYPE_AAAA = 28;

    /** Nothing may answer this: too short to have an id, too long, or itself an answer. */
    record Ignored() implements DnsQuery {}

    /** Answered with a header and a code, {@code flags} as they came. */
    record Rejected(int id, int flags, int code) implements DnsQuery {}

    /**
     * One question of the Internet class.
     *
     * @param wire the question section byte for byte, to be echoed with the letter case it came in
     * @param name lower-case, no trailing dot, other bytes than letters, digits, - and _ as {@code \ddd}
     * @param plain whether the name is a host name: 1 to 253 of those characters and dots
     * @param edns whether the client understands EDNS
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody writes to it
    record Question(int id, int flags, byte[] wire, String name, boolean plain, int type, boolean edns)
            implements DnsQuery {
        String typeName() {
            return TYPES.getOrDefault(type, "TYPE" + type);
        }
    }

    /** Types a person may want to read; others appear as TYPE and number (RFC 3597, 5). */
    Map<Integer, String> TYPES = Map.ofEntries(
            Map.entry(TYPE_A, "A"),
            Map.entry(2, "NS"),
            Map.entry(5, "CNAME"),
            Map.entry(6, "SOA"),
            Map.entry(10, "NULL"),
            Map.entry(TYPE_PTR, "PTR"),
            Map.entry(15, "MX"),
            Map.entry(16, "TXT"),
            Map.entry(TYPE_AAAA, "AAAA"),
            Map.entry(33, "SRV"),
            Map.entry(35, "NAPTR"),
            Map.entry(43, "DS"),
            Map.entry(48, "DNSKEY"),
            Map.entry(64, "SVCB"),
            Map.entry(65, "HTTPS"),
            Map.entry(255, "ANY"),
            Map.entry(257, "CAA"));

    /** Never throws. */
    static DnsQuery parse(byte[] message) {
        return new Parser(message).parse();
    }

    /** Reads one message front to back. */
    final class Parser {
        private static final int HEADER = 12;
        private static final int RESPONSE = 0x8000;
        private static final int OPCODE = 0x7800;
        private static final int CLASS_IN = 1;
        private static final int TYPE_OPT = 41;
        private static final int FIRST_TRANSFER_TYPE = 249; // TKEY, TSIG, IXFR, AXFR, MAILB, MAILA
        private static final int LAST_TRANSFER_TYPE = 254;
        private static final int MAX_ADDITIONAL = 4;

        private final ByteBuffer in;

        private Parser(byte[] message) {
            in = ByteBuffer.wrap(message);
        }

        private DnsQuery parse() {
            if (in.remaining() < HEADER || in.remaining() > MAX_BYTES) {
                return new Ignored();
            }
            int id = in.getShort() & 0xffff;
            int flags = in.getShort() & 0xffff;
            if ((flags & RESPONSE) != 0) {
                return new Ignored();
            }
            if ((flags & OPCODE) != 0) {
                return new Rejected(id, flags, NOTIMP);
            }
            int questions = in.getShort() & 0xffff;
            int answers = in.getShort() & 0xffff;
            int authorities = in.getShort() & 0xffff;
            int additional = in.getShort() & 0xffff;
            if (questions != 1 || answers != 0 || authorities != 0 || additional > MAX_ADDITIONAL) {
                return new Rejected(id, flags, FORMERR);
            }
            StringBuilder name = new StringBuilder();
            boolean read = name(name);
            if (!read || in.remaining() < 4) {
                return new Rejected(id, flags, FORMERR);
            }
            int type = in.getShort() & 0xffff;
            int questionClass = in.getShort() & 0xffff;
            byte[] wire = Arrays.copyOfRange(in.array(), HEADER, in.position());
            Edns edns = additional(additional);
            return switch (edns) {
                case BROKEN -> new Rejected(id, flags, FORMERR);
                case TOO_NEW -> new Rejected(id, flags, BADVERS);
                case ABSENT, PRESENT -> {
                    if (type == TYPE_OPT || type == 0) {
                        yield new Rejected(id, flags, FORMERR);
                    }
                    if (questionClass != CLASS_IN || (type >= FIRST_TRANSFER_TYPE && type <= LAST_TRANSFER_TYPE)) {
                        yield new Rejected(id, flags, REFUSED);
                    }
                    boolean plain = !name.isEmpty() && name.length() <= 253 && name.indexOf("\\") < 0;
                    String text = name.toString().toLowerCase(Locale.ROOT);
                    yield new Question(id, flags, wire, text, plain, type, edns == Edns.PRESENT);
                }
            };
        }

        /** Labels up to the root; no pointers, since there is nothing before a question to point at. */
        private boolean name(StringBuilder text) {
            int start = in.position();
            while (in.hasRemaining()) {
                int length = in.get() & 0xff;
                if (length == 0) {
                    return in.position() - start <= 255;
                }
                if (length > 63 || length > in.remaining()) {
                    return false;
                }
                if (!text.isEmpty()) {
                    text.append('.');
                }
                for (int i = 0; i < length; i++) {
                    append(text, in.get() & 0xff);
                }
            }
            return false;
        }

        private static void append(StringBuilder text, int value) {
            boolean plain = (value >= 'a' && value <= 'z')
                    || (value >= 'A' && value <= 'Z')
                    || (value >= '0' && value <= '9')
                    || value == '-'
                    || value == '_';
            if (plain) {
                text.append((char) value);
            } else {
                text.append('\\')
                        .append((char) ('0' + value / 100))
                        .append((char) ('0' + value / 10 % 10))
                        .append((char) ('0' + value % 10));
            }
        }

        private enum Edns {
            ABSENT,
            PRESENT,
            TOO_NEW,
            BROKEN
        }

        private Edns additional(int count) {
            Edns edns = Edns.ABSENT;
            for (int i = 0; i < count; i++) {
                int start = in.position();
                if (!name(new StringBuilder()) || in.remaining() < 10) {
                    return Edns.BROKEN;
                }
                boolean root = in.position() == start + 1;
                int type = in.getShort() & 0xffff;
                in.getShort(); // class, or the client's payload size
                int ttl = in.getInt();
                int length = in.getShort() & 0xffff;
                if (length > in.remaining()) {
                    return Edns.BROKEN;
                }
                in.position(in.position() + length);
                if (type == TYPE_OPT) {
                    if (!root || edns != Edns.ABSENT) {
                        return Edns.BROKEN;
                    }
                    edns = (ttl >> 16 & 0xff) == 0 ? Edns.PRESENT : Edns.TOO_NEW;
                }
            }
            return in.hasRemaining() ? Edns.BROKEN : edns;
        }
    }
}
