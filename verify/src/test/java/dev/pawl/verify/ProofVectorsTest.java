package dev.pawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** transparency-dev/merkle, testdata at 417fb0c3: proofs that hold and proofs that do not. */
class ProofVectorsTest {
    private final Proofs proofs = new Proofs(new TreeHash());

    @FunctionalInterface
    private interface Check {
        boolean holds(String json) throws FormatFault;
    }

    @Test
    void inclusion() throws IOException {
        agree(
                "rfc6962/testdata/inclusion",
                98,
                json -> proofs.inclusion(
                        number(json, "leafIdx"),
                        number(json, "treeSize"),
                        hash(json, "leafHash"),
                        Corpus.proof(json),
                        hash(json, "root")));
    }

    @Test
    void consistency() throws IOException {
        agree(
                "rfc6962/testdata/consistency",
                98,
                json -> proofs.consistency(
                        number(json, "size1"),
                        number(json, "size2"),
                        word(json, "root1"),
                        word(json, "root2"),
                        Corpus.proof(json)));
    }

    @Test
    void subtreeInclusion() throws IOException {
        agree(
                "rfc6962/testdata/subtreeinclusion",
                204,
                json -> proofs.subtreeInclusion(
                        number(json, "leafIdx"),
                        number(json, "start"),
                        number(json, "end"),
                        hash(json, "leafHash"),
                        Corpus.proof(json),
                        hash(json, "root")));
    }

    @Test
    void subtreeConsistency() throws IOException {
        agree(
                "rfc6962/testdata/subtreeconsistency",
                118,
                json -> proofs.subtreeConsistency(
                        number(json, "start"),
                        number(json, "end"),
                        number(json, "size"),
                        word(json, "root1"),
                        word(json, "root2"),
                        Corpus.proof(json)));
    }

    private static void agree(String folder, int count, Check check) throws IOException {
        int good = 0;
        int bad = 0;
        for (Path file : Corpus.json(folder)) {
            String json = Files.readString(file);
            boolean wanted = Corpus.member(json, "wantErr").equals("false");
            assertThat(holds(check, json)).as(file.toString()).isEqualTo(wanted);
            good += wanted ? 1 : 0;
            bad += wanted ? 0 : 1;
        }
        System.out.println(folder + ": " + good + " hold, " + bad + " do not");
        assertThat(good + bad).isEqualTo(count);
        assertThat(good).isPositive();
    }

    private static boolean holds(Check check, String json) {
        try {
            return check.holds(json);
        } catch (FormatFault e) {
            // A hash that is none proves nothing.
            return false;
        }
    }

    private static long number(String json, String name) {
        return Long.parseUnsignedLong(Corpus.member(json, name));
    }

    private static Digest hash(String json, String name) throws FormatFault {
        return Digest.parse(Corpus.member(json, name));
    }

    /** Some vectors have words in place of hashes; what counts of them is which are the same. */
    private static Digest word(String json, String name) {
        byte[] bytes = Base64.getDecoder().decode(Corpus.member(json, name));
        return bytes.length == Digest.BYTES ? Digest.at(bytes, 0) : new TreeHash().leaf(bytes);
    }
}
