package dev.pawl.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Protocols the gateway recognises for certain, by the names that events give them; what it only suspects is never asked about. */
final class SpokenNames {
    private static final List<String> ALL = List.of(
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

    static final Map<String, String> WORDS = words();

    private SpokenNames() {}

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        ALL.forEach(word -> words.put(word, word));
        return words;
    }
}
