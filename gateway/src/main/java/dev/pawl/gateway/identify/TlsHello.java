package dev.pawl.gateway.identify;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A ClientHello or ServerHello (RFC 8446, 4.1.2 and 4.1.3; extensions by RFC 6066, 7301, 9849).
 *
 * @param version the highest offered, or the one chosen: 0x0304 is TLS 1.3
 * @param sni lower case, null where there is none
 * @param alpn names, separated by commas
 */
record TlsHello(
        boolean client,
        int version,
        @Nullable String sni,
        @Nullable String alpn,
        boolean ech) {
    /** What reading one ends with. */
    sealed interface Result {}

    record Read(TlsHello hello) implements Result {}

    record More() implements Result {}

    record Broken() implements Result {}

    static final int CLIENT = 1;
    static final int SERVER = 2;

    private static final Result BROKEN = new Broken();
    private static final int LONGEST = 1 << 16;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

    /** Reads the message at the beginning of the handshake, of type {@link #CLIENT} or {@link #SERVER}. */
    static Result read(Bytes handshake) {
        if (handshake.isEmpty()) {
            return new More();
        }
        int type = handshake.at(0);
        if (type != CLIENT && type != SERVER) {
            return BROKEN;
        }
        if (handshake.length() < 4) {
            return new More();
        }
        int length = handshake.u24(1);
        boolean old = handshake.length() >= 5 && handshake.at(4) != 3;
        if (length < 38 || length > LONGEST || old) {
            return BROKEN;
        }
        if (handshake.length() < 4 + length) {
            return new More();
        }
        return new TlsHelloReader(handshake.part(4, 4 + length), type == CLIENT).read();
    }

    /** The version as text, such as tls1.3. */
    String versionText() {
        return switch (version) {
            case 0x0300 -> "ssl3";
            case 0x0301 -> "tls1.0";
            case 0x0302 -> "tls1.1";
            case 0x0303 -> "tls1.2";
            case 0x0304 -> "tls1.3";
            default -> "tls";
        };
    }

    /** Reads the body of one message; a length that points beyond it is an exception that ends the reading. */
    private static final class TlsHelloReader {
        private final Bytes body;
        private final boolean client;
        private int version;
        private @Nullable String sni;
        private @Nullable String alpn;
        private boolean ech;
        private boolean broken;

        TlsHelloReader(Bytes body, boolean client) {
            this.body = body;
            this.client = client;
        }

        Result read() {
            version = body.u16(0);
            int at = 34;
            int session = body.at(at);
            at += 1 + session;
            if (session > 32 || at + 3 > body.length()) {
                return BROKEN;
            }
            if (client) {
                int suites = body.u16(at);
                at += 2 + suites;
                if (suites == 0 || suites % 2 != 0 || at >= body.length()) {
                    return BROKEN;
                }
                int compressions = body.at(at);
                at += 1 + compressions;
                broken = compressions == 0;
            } else {
                at += 3;
            }
            if (at < body.length()) {
                extensions(at);
            }
            return broken || at > body.length() ? BROKEN : new Read(new TlsHello(client, version, sni, alpn, ech));
        }

        private void extensions(int begin) {
            if (begin + 2 > body.length() || begin + 2 + body.u16(begin) != body.length()) {
                broken = true;
                return;
            }
            boolean named = false;
            boolean versions = false;
            int at = begin + 2;
            while (!broken && at < body.length()) {
                if (at + 4 > body.length() || at + 4 + body.u16(at + 2) > body.length()) {
                    broken = true;
                    return;
                }
                int type = body.u16(at);
                Bytes content = body.part(at + 4, at + 4 + body.u16(at + 2));
                at += 4 + content.length();
                switch (type) {
                    case SERVER_NAME -> {
                        broken = named;
                        named = true;
                        name(content);
                    }
                    case SUPPORTED_VERSIONS -> {
                        broken = versions;
                        versions = true;
                        versions(content);
                    }
                    case ALPN -> protocols(content);
                    case ENCRYPTED_CLIENT_HELLO -> ech = true;
                    default -> {}
                }
            }
        }

        /** One name of type host_name; a server answers with an empty extension. */
        private void name(Bytes content) {
            if (!client && content.isEmpty()) {
                return;
            }
            boolean fits = content.length() > 5
                    && content.u16(0) == content.length() - 2
                    && content.at(2) == 0
                    && content.u16(3) == content.length() - 5;
            if (fits) {
                sni = content.text(5, content.length()).toLowerCase(Locale.ROOT);
            } else {
                broken = true;
            }
        }

        private void versions(Bytes content) {
            if (!client) {
                version = content.length() == 2 ? content.u16(0) : version;
                return;
            }
            int highest = 0;
            for (int i = 1; i + 1 < content.length(); i += 2) {
                int offered = content.u16(i);
                boolean grease = (offered & 0x0f0f) == 0x0a0a;
                highest = grease || offered > 0x0304 ? highest : Math.max(highest, offered);
            }
            version = highest == 0 ? version : highest;
        }

        private void protocols(Bytes content) {
            StringBuilder names = new StringBuilder();
            int at = 2;
            while (at < content.length() && at + 1 + content.at(at) <= content.length()) {
                int end = at + 1 + content.at(at);
                boolean grease = content.at(at) == 2 && (content.at(at + 1) & 0xf) == 0xa && content.at(at + 1) > 0x7e;
                if (!grease) {
                    names.append(names.isEmpty() ? "" : ",").append(content.text(at + 1, end));
                }
                at = end;
            }
            alpn = names.isEmpty() ? null : names.toString();
        }
    }
}
