package dev.pawl.gateway.identify;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one datagram is, by its head. */
final class DatagramShapes {
    private static final Set<Long> QUIC_VERSIONS = Set.of(0L, 1L, 0x6b3343cfL, 0xfaceb001L, 0xfaceb002L, 0xfaceb00eL);

    private DatagramShapes() {}

    static Verdict judge(Bytes datagram) {
        if (datagram.length() < 4) {
            return Verdict.NO;
        }
        if (quic(datagram)) {
            return yes("quic");
        }
        if (dtls(datagram)) {
            return yes("dtls");
        }
        if (stun(datagram)) {
            // DTLS often follows on the same flow.
            return Verdict.maybe(Identity.certain("stun"));
        }
        String text = text(datagram);
        if (text != null) {
            return yes(text);
        }
        if (wireGuard(datagram)) {
            return yes("wireguard");
        }
        if (datagram.length() >= 28 && internetKeys(datagram, 0)) {
            return yes("ipsec");
        }
        if (datagram.length() >= 32 && datagram.u32(0) == 0 && internetKeys(datagram, 4)) {
            return yes("ipsec");
        }
        Verdict dns = DnsMessage.judge(datagram, datagram.length());
        if (dns instanceof Verdict.Yes) {
            return dns;
        }
        if (discovery(datagram)) {
            return yes("ethereum");
        }
        return dns instanceof Verdict.Maybe ? dns : Verdict.NO;
    }

    private static Verdict yes(String protocol) {
        return Verdict.yes(Identity.certain(protocol));
    }

    /** A long head of a known version (RFC 8999, 9000, 9369, drafts, Google's and Facebook's), or Google's older one. */
    private static boolean quic(Bytes d) {
        int first = d.at(0);
        if (d.length() >= 21 && (first & 0x80) != 0) {
            long version = d.u32(1);
            boolean known = QUIC_VERSIONS.contains(version)
                    || version >> 8 == 0xff0000
                    || ((d.at(1) == 'Q' || d.at(1) == 'T') && d.at(2) == '0' && digit(d.at(3)) && digit(d.at(4)))
                    || (version & 0x0f0f0f0fL) == 0x0a0a0a0aL;
            boolean fixed = (first & 0x40) != 0 || version == 0;
            int id = d.at(5);
            return known
                    && fixed
                    && (id <= 20 || d.at(1) == 'Q')
                    && (version != 0 || (6 + id < d.length() && d.at(6 + id) <= 20));
        }
        if ((first & 0xc0) == 0 && message(d)) {
            return true;
        }
        boolean old = (first & 0x09) == 0x09 && (first & 0xc0) == 0 && d.length() >= 14;
        return old && d.at(9) == 'Q' && d.at(10) == '0' && digit(d.at(11)) && digit(d.at(12));
    }

    /** The first messages of Google's QUIC are tagged in clear text. */
    private static boolean message(Bytes d) {
        for (int i = 14; i < Math.min(64, d.length() - 4); i++) {
            if (d.is(i, "CHLO") || d.is(i, "REJ\u0000\u0007") || d.is(i, "RREJ")) {
                return true;
            }
        }
        return false;
    }

    private static boolean digit(int b) {
        return b >= '0' && b <= '9';
    }

    /** A record head of version 1.0 or 1.2 (RFC 6347, 4.1), or the oldest of OpenSSL. */
    private static boolean dtls(Bytes d) {
        boolean version = d.u16(1) == 0xfeff || d.u16(1) == 0xfefd || d.u16(1) == 0x0100;
        return d.length() >= 13 && d.at(0) >= 0x14 && d.at(0) <= 0x19 && version && d.u16(11) <= d.length() - 13;
    }

    /** RFC 8489, 5: two zero bits, a length in fours, the cookie; and without it as in RFC 3489, where attributes fill it. */
    private static boolean stun(Bytes d) {
        if (d.length() < 20 || d.at(0) > 1 || d.u16(2) % 4 != 0 || d.u16(2) + 20 != d.length()) {
            return false;
        }
        if (d.u32(4) == 0x2112a442L) {
            return true;
        }
        int method = d.u16(0) & 0x3eef;
        return (method == 1 || method == 3)
                && (d.u16(2) == 0 || (d.length() >= 24 && d.u16(20) <= 0x8100 && d.u16(22) <= d.u16(2) - 4));
    }

    /** DHT and search of BitTorrent, discovery by HTTP. */
    private static @Nullable String text(Bytes d) {
        if (d.starts("d1:ad2:id20:")
                || d.starts("d1:rd2:id20:")
                || d.starts("d2:ip")
                || d.starts("BT-SEARCH * HTTP/1.1")) {
            return "bittorrent";
        }
        if (d.starts("M-SEARCH * HTTP/1.1") || d.starts("NOTIFY * HTTP/1.1")) {
            return "ssdp";
        }
        return d.starts("SIP/2.0 ") || d.text(0, Math.min(d.length(), 400)).contains(" SIP/2.0\r\n") ? "sip" : null;
    }

    /** Four types of message, each of one length, the last of at least one (WireGuard, 5.4). */
    private static boolean wireGuard(Bytes d) {
        if (d.at(1) != 0 || d.at(2) != 0 || d.at(3) != 0) {
            return false;
        }
        return switch (d.at(0)) {
            case 1 -> d.length() == 148;
            case 2 -> d.length() == 92;
            case 3 -> d.length() == 64;
            case 4 ->
                d.length() >= 32
                        && d.length() % 16 == 0
                        && d.part(16, d.length()).distinct() > 10;
            default -> false;
        };
    }

    /** A head of IKE (RFC 7296, 3.1; RFC 2408) whose length is right. */
    private static boolean internetKeys(Bytes d, int at) {
        int version = d.at(at + 17);
        int exchange = d.at(at + 18);
        boolean known = version == 0x20
                ? exchange >= 34 && exchange <= 43
                : version == 0x10 && (exchange <= 6 || exchange >= 32);
        return known && d.u32(at + 24) == d.length() - at && d.u32(at) != 0;
    }

    /** Discovery of Ethereum, version 4: hash, signature with its last byte 0 or 1, type, a list. */
    private static boolean discovery(Bytes d) {
        return d.length() >= 100
                && d.at(96) <= 1
                && d.at(97) >= 1
                && d.at(97) <= 6
                && d.at(98) >= 0xc0
                && d.part(0, 96).distinct() > 50;
    }

    /** The operation of a packet of OpenVPN that resets a session, or 0; by itself it means little. */
    static int openVpnReset(Bytes d) {
        int opcode = d.length() < 14 ? 0 : d.at(0) >> 3;
        return (d.at(0) & 7) == 0 && (opcode == 7 || opcode == 8 || opcode == 10) ? opcode : 0;
    }

    /** Whether it has the length and the zeros of one that is not encrypted. */
    static boolean openVpnPlain(Bytes d) {
        boolean client = d.length() == 14 && d.at(9) == 0 && d.u32(10) == 0;
        boolean server = d.length() == 26 && d.at(9) == 1 && d.u32(10) == 0;
        return client || server;
    }
}
