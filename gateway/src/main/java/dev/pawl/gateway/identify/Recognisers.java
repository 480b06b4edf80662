package dev.pawl.gateway.identify;

import java.util.List;

/**
 * Who is asked, in which order: what is certain by its first bytes, then what its two sides say together, then Stratum,
 * which listens on, and last what has a shape only.
 */
final class Recognisers {
    /** A recogniser and the protocol it is asked about first. */
    record Named(String protocol, Recogniser recogniser) {
        private static final Recogniser DONE = _ -> Verdict.NO;

        /** Once it has said its last word it need not be kept. */
        Named done() {
            return new Named(protocol, DONE);
        }
    }

    private Recognisers() {}

    private static Named of(String protocol, Recogniser recogniser) {
        return new Named(protocol, recogniser);
    }

    static List<Named> ofConnections() {
        return List.of(
                of("tls", new Tls()),
                of("http", new Http()),
                of("ssh", new Ssh()),
                of("socks", new Socks()),
                of("haproxy", new ProxyHeader()),
                of("postgresql", new Postgres()),
                of("mysql", new Mysql()),
                of("git", new Git()),
                of("rdp", new Rdp()),
                of("vnc", new Vnc()),
                of("mqtt", new Mqtt()),
                of("amqp", new Amqp()),
                of("mongodb", new Mongo()),
                of("ldap", new Ldap()),
                of("smb", new Smb()),
                of("bittorrent", new BitTorrent()),
                of("bitcoin", new BlockChain()),
                of("dns", new Dns()),
                of("openvpn", new OpenVpn()),
                of("frp", new Frp()),
                of("bore", new Bore()),
                of("rathole", new Rathole()),
                of("smtp", Greeted.smtp()),
                of("ftp", Greeted.ftp()),
                of("pop3", Greeted.pop3()),
                of("nntp", Greeted.nntp()),
                of("imap", new Imap()),
                of("redis", new Redis()),
                of("memcached", new Memcached()),
                of("stratum", new Stratum()),
                of("websocket", new BareFrames()),
                of("kafka", new Kafka()),
                of("shell", new Shell()),
                of("stratum", new StratumV2()));
    }
}
