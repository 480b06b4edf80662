package dev.pawl.gateway.identify;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client hello of TLS says of who speaks inside: tunnels by the names they ask for, DNS by its protocol. */
final class TlsNames {
    /** The random name in hellos of Tor: base32 with at least one digit, which ordinary words do not have. */
    private static final Pattern TOR = Pattern.compile("www\\.(?=[a-z]*[2-7])[a-z2-7]{12,25}\\.com");

    private TlsNames() {}

    static Identity of(TlsHello hello) {
        Details details = new Details(hello.sni(), hello.alpn(), hello.ech(), null, -1, null, null);
        Identity tls = Identity.certain("tls").dialect(hello.versionText()).details(details);
        String sni = hello.sni();
        if (below(sni, "cftunnel.com") || below(sni, "argotunnel.com") || offers(hello, "argotunnel")) {
            return inside("cloudflared", details);
        }
        if (below(sni, "ngrok-agent.com") || (sni != null && sni.startsWith("tunnel.") && below(sni, "ngrok.com"))) {
            return inside("ngrok", details);
        }
        if (offers(hello, "dot")) {
            return tls.dialect("dot");
        }
        return sni != null && hello.alpn() == null && TOR.matcher(sni).matches()
                ? tls.dialect("tor").suspected()
                : tls;
    }

    private static Identity inside(String protocol, Details details) {
        return Identity.certain(protocol).over("tls").details(details);
    }

    private static boolean below(@Nullable String name, String domain) {
        return name != null && (name.equals(domain) || name.endsWith("." + domain));
    }

    private static boolean offers(TlsHello hello, String protocol) {
        return hello.alpn() != null
                && java.util.List.of(hello.alpn().split(",")).contains(protocol);
    }
}
