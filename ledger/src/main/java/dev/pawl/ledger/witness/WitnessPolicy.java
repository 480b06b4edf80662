package dev.pawl.ledger.witness;

import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.NoteKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who has to have cosigned before something counts as witnessed: {@code need} of these.
 *
 * @param witnesses each with its key and where it is asked
 */
public record WitnessPolicy(int need, List<Peer> witnesses) {
    private static final int MOST = 64;

    /** One witness. {@code prefix} ends in a slash. */
    public record Peer(NoteKey key, URI prefix) {}

    public WitnessPolicy {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * Reads a file: {@code need K}, then a line {@code KEY URL} for each witness. Empty lines and those with # are passed over.
     *
     * @throws IOException if it cannot be read or says something else
     */
    public static WitnessPolicy read(Path file) throws IOException {
        int need = 0;
        List<Peer> peers = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+", -1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                if (words.length == 2 && words[0].equals("need") && words[1].matches("[1-9][0-9]?")) {
                    need = Integer.parseInt(words[1]);
                } else if (words.length == 2 && peers.size() < MOST) {
                    peers.add(peer(words[0], words[1]));
                    if (!keys.add(words[0])) {
                        throw new FormatFault("a witness counts once");
                    }
                } else {
                    throw new FormatFault("a line reads need K, or KEY URL");
                }
            } catch (FormatFault e) {
                throw new IOException(file + ": " + line + ": " + e.reason(), e);
            }
        }
        if (need < 1 || need > peers.size()) {
            throw new IOException(file + ": needs " + need + " of " + peers.size() + " witnesses");
        }
        return new WitnessPolicy(need, peers);
    }

    private static Peer peer(String key, String url) throws FormatFault {
        NoteKey witness = NoteKey.parse(key);
        if (witness.type() != NoteKey.COSIGNATURE) {
            throw new FormatFault("not the key of a witness");
        }
        try {
            URI prefix = new URI(url.endsWith("/") ? url : url + "/");
            if (prefix.getHost() == null
                    || !("http".equals(prefix.getScheme()) || "https".equals(prefix.getScheme()))) {
                throw new FormatFault("not an address of a witness");
            }
            return new Peer(witness, prefix);
        } catch (URISyntaxException e) {
            throw new FormatFault("not an address of a witness");
        }
    }

    /** How many of the witnesses cosigned. */
    public int cosigned(Checkpoint checkpoint) {
        return (int) witnesses.stream()
                .filter(peer -> checkpoint.note().cosignedBy(peer.key()).isPresent())
                .count();
    }
}
