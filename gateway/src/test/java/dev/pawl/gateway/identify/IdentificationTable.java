package dev.pawl.gateway.identify;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of the recorded flows, by what others call them. */
final class IdentificationTable {
    /** What may rightly be said of a flow that has this label, where that is another word. */
    private static final Map<String, Set<String>> OTHER_WORDS = Map.ofEntries(
            Map.entry("mining", Set.of("stratum")),
            Map.entry("blockchain-p2p", Set.of("bitcoin", "ethereum")),
            Map.entry("vpn", Set.of("openvpn", "wireguard", "ipsec")),
            Map.entry("dnscrypt", Set.of("dns")),
            Map.entry("dtls", Set.of("dtls", "stun")),
            Map.entry("tls", Set.of("tls", "imap", "smtp")));

    /** Words for what the labels call other. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("STUN", "stun"),
            Map.entry("POP3", "pop3"),
            Map.entry("SSDP", "ssdp"),
            Map.entry("SIP", "sip"),
            Map.entry("MongoDB", "mongodb"),
            Map.entry("LDAP", "ldap"),
            Map.entry("NetBIOS", "netbios"),
            Map.entry("NetBIOS.SMBv1", "smb"),
            Map.entry("NetBIOS.SMBv23", "smb"),
            Map.entry("Usenet", "nntp"),
            Map.entry("HAProxy", "haproxy"),
            Map.entry("AVASTSecureDNS", "dns"));

    private record Count(int right, int wrong, int unknown) {
        Count and(Count other) {
            return new Count(right + other.right, wrong + other.wrong, unknown + other.unknown);
        }
    }

    private IdentificationTable() {}

    /** The rows of the document, sorted, in Markdown. */
    static String rows(List<Corpus.Sample> samples) {
        Map<String, Count> counts = new TreeMap<>();
        samples.forEach(sample -> counts.merge(sample.group(), judged(sample), Count::and));
        StringBuilder rows = new StringBuilder();
        counts.forEach((group, count) ->
                rows.append("| %s | %d | %d | %d |\n".formatted(group, count.right(), count.wrong(), count.unknown())));
        return rows.toString();
    }

    private static Count judged(Corpus.Sample sample) {
        String found = sample.identified().protocol();
        boolean unknown = found.equals("unknown");
        String named = OTHERS.get(sample.label().startsWith("STUN") ? "STUN" : sample.label());
        boolean right = switch (sample.group()) {
            case "other" -> unknown ? named == null : found.equals(named);
            case "unknown" -> unknown;
            default ->
                OTHER_WORDS.getOrDefault(sample.group(), Set.of(sample.group())).contains(found);
        };
        return right ? new Count(1, 0, 0) : unknown ? new Count(0, 0, 1) : new Count(0, 1, 0);
    }
}
