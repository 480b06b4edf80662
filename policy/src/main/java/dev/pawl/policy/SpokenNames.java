package dev.pawl.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Protocols the gateway recognises, by the names that events give them. */
final class SpokenNames {
    private static final List<String> ALL = List.of(
            "amqp",
            "bittorrent",
            "bore",
            "chisel",
            "cloudflared",
            "dns",
            "dot",
            "frp",
            "ftp",
            "git",
            "http",
            "imap",
            "inlets",
            "ipsec",
            "kafka",
            "ldap",
            "memcached",
            "mongodb",
            "mqtt",
            "mysql",
            "nntp",
            "openvpn",
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
            "tor",
            "unknown",
            "vnc",
            "websocket",
            "wireguard",
            "wstunnel",
            "yamux");

    static final Map<String, String> WORDS = words();

    private SpokenNames() {}

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        ALL.forEach(word -> words.put(word, word));
        return words;
    }
}
