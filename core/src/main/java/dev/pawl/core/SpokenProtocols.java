package dev.pawl.core;

import java.util.List;

/**
 * Protocols of connections that the gateway recognises for certain, by the names that events give them and boundaries may
 * forbid. What is only suspected is never asked about.
 */
public final class SpokenProtocols {
    /** In the order of the alphabet. */
    public static final List<String> NAMES = List.of(
            "amqp",
            "bitcoin",
            "bittorrent",
            "bore",
            "chisel",
            "cloudflared",
            "dns",
            "ethereum",
            "frp",
            "ftp",
            "git",
            "haproxy",
            "http",
            "imap",
            "inlets",
            "json-rpc",
            "kafka",
            "ldap",
            "memcached",
            "mongodb",
            "mqtt",
            "mysql",
            "ngrok",
            "nntp",
            "openvpn",
            "pagekite",
            "pop3",
            "postgresql",
            "rathole",
            "rdp",
            "redis",
            "shell",
            "smb",
            "smtp",
            "socks",
            "ssh",
            "stratum",
            "tls",
            "vnc",
            "websocket",
            "wstunnel");

    private SpokenProtocols() {}
}
