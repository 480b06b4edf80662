package dev.pawl.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The verifier as a program of its own: {@code java -jar pawl-verify.jar}. Exit code 0 sound, 1 not, 2 wrong use. */
public final class VerifyMain {
    private static final String USAGE = """
            Usage: verify log DIRECTORY KEY [OLDER-CHECKPOINT ...]    every entry and tile
                   verify live DIRECTORY KEY [OLDER-CHECKPOINT ...]   the same while it is being written
                   verify kept:N DIRECTORY KEY [OLDER-CHECKPOINT ...] the same where entries below N were given up
                   verify proof FILE KEY [WITNESS-KEY ...]            one entry; all these witnesses must have cosigned
                   verify consistency OLD NEW DIRECTORY KEY           two checkpoints, by the tiles of DIRECTORY
            KEY is the verifier key of the log (name+id+key), from somebody you trust, never from beside the log.""";

    private final PrintStream out;

    /** Prints the verdict there. */
    public VerifyMain(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] words) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new VerifyMain(out).run(List.of(words)));
    }

    private static final String KEPT = "kept:";

    /** Does what the words say; the exit code. */
    public int run(List<String> words) {
        try {
            int count = words.size();
            String first = count == 0 ? "" : words.getFirst();
            if (first.matches(KEPT + "[0-9]{1,18}") && count >= 3) {
                return log(false, Long.parseLong(first.substring(KEPT.length())), words.subList(1, count));
            }
            return switch (first) {
                case "log" -> count < 3 ? usage() : log(false, 0, words.subList(1, count));
                case "live" -> count < 3 ? usage() : log(true, 0, words.subList(1, count));
                case "proof" -> count >= 3 ? proof(words.get(1), words.get(2), words.subList(3, count)) : usage();
                case "consistency" ->
                    count == 5 ? consistency(words.get(1), words.get(2), words.get(3), words.get(4)) : usage();
                default -> usage();
            };
        } catch (FormatFault e) {
            return broken(e.reason());
        } catch (IOException e) {
            return broken(String.valueOf(e));
        }
    }

    private int log(boolean live, long given, List<String> words) throws IOException, FormatFault {
        List<byte[]> checkpoints = new ArrayList<>();
        for (String file : words.subList(2, words.size())) {
            checkpoints.add(Files.readAllBytes(Path.of(file)));
        }
        NoteKey key = NoteKey.parse(words.get(1));
        Verdict verdict = new LogVerifier(key, live, given).check(LogFiles.in(Path.of(words.getFirst())), checkpoints);
        return switch (verdict) {
            case Verdict.Broken broken -> broken(broken.text());
            case Verdict.Sound sound -> {
                Checkpoint signed = sound.checkpoint();
                yield sound.unsigned() > 0 && !live
                        ? broken(sound.unsigned() + " entries from " + signed.size() + " on are not signed yet")
                        : sound("sound: " + signed.size() + " entries, root "
                                + signed.root().base64()
                                + (sound.gone() == 0 ? "" : "; of " + sound.gone() + " only the hashes are left"));
            }
        };
    }

    private int proof(String file, String key, List<String> witnesses) throws IOException, FormatFault {
        EventProof proof = EventProof.parse(Files.readAllBytes(Path.of(file)));
        Checkpoint signed = proof.verify(NoteKey.parse(key));
        for (String witness : witnesses) {
            NoteKey cosigner = NoteKey.parse(witness);
            OptionalLong when = signed.note().cosignedBy(cosigner);
            if (when.isEmpty()) {
                return broken("not cosigned by " + witness);
            }
            out.println("cosigned by " + cosigner.name() + " at " + Instant.ofEpochSecond(when.getAsLong()));
        }
        out.println(new String(proof.entry(), StandardCharsets.UTF_8));
        return sound("sound: entry " + proof.index() + " of " + signed.size() + " in " + signed.origin());
    }

    private int consistency(String older, String newer, String directory, String key) throws IOException, FormatFault {
        NoteKey log = NoteKey.parse(key);
        Checkpoint first = Checkpoint.open(Files.readAllBytes(Path.of(older)), log);
        Checkpoint second = Checkpoint.open(Files.readAllBytes(Path.of(newer)), log);
        if (first.size() > second.size()) {
            return broken("the newer one has fewer entries");
        }
        TreeHash hash = new TreeHash();
        TileNodes nodes = new TileNodes(LogFiles.in(Path.of(directory)), hash, second.size());
        List<Digest> proof = new ProofBuilder(hash, nodes).consistency(first.size(), second.size());
        boolean holds = first.size() == 0
                ? first.root().equals(hash.empty())
                : new Proofs(hash).consistency(first.size(), second.size(), first.root(), second.root(), proof);
        return holds
                ? sound("sound: the log of " + first.size() + " entries is the beginning of that of " + second.size())
                : broken("forked: the log of " + first.size() + " entries is not the beginning of that of "
                        + second.size());
    }

    private int usage() {
        out.println(USAGE);
        return 2;
    }

    private int broken(String reason) {
        out.println("broken: " + reason);
        return 1;
    }

    private int sound(String line) {
        out.println(line);
        return 0;
    }
}
