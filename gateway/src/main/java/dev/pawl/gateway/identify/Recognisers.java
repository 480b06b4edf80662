package dev.pawl.gateway.identify;

import java.util.List;

/**
 * Who is asked, in which order: what is certain by its first bytes, then what its two sides say together, then Stratum,
 * which listens on, and last what has a shape only.
 */
final class Recognisers {
    private Recognisers() {}

    static List<Recogniser> ofConnections() {
        return List.of(
                new Tls(),
                new Http(),
                new Ssh(),
                new Socks(),
                new ProxyHeader(),
                new Postgres(),
                new Mysql(),
                new Git(),
                new Rdp(),
                new Vnc(),
                new Mqtt(),
                new Amqp(),
                new Mongo(),
                new Ldap(),
                new Smb(),
                new BitTorrent(),
                new BlockChain(),
                new Dns(),
                new OpenVpn(),
                new Frp(),
                new Bore(),
                new Rathole(),
                Greeted.smtp(),
                Greeted.ftp(),
                Greeted.pop3(),
                Greeted.nntp(),
                new Imap(),
                new Redis(),
                new Memcached(),
                new Stratum(),
                new BareFrames(),
                new Kafka(),
                new Shell(),
                new StratumV2());
    }
}
