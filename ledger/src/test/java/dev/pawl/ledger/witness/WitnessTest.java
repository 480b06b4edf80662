package dev.pawl.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.ledger.Care;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.Ledger;
import dev.pawl.ledger.LedgerReader;
import dev.pawl.ledger.log.KeyFile;
import dev.pawl.ledger.log.RealDisk;
import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.Digest;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.NoteKey;
import dev.pawl.verify.ProofBuilder;
import dev.pawl.verify.SignedNote;
import dev.pawl.verify.TileNodes;
import dev.pawl.verify.TreeHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_790_000_000), ZoneOffset.UTC);

    @TempDir
    Path base;

    private Path home(String name) throws IOException {
        return Files.createDirectories(base.resolve(name));
    }

    private Witness witness(String name, NoteKey... logs) throws IOException {
        Path home = home(name);
        return new Witness(
                new RealDisk(),
                home.resolve("seen"),
                KeyFile.open(new RealDisk(), home.resolve("key"), true, "witness.example/" + name, NoteKey.COSIGNATURE),
                List.of(logs),
                CLOCK);
    }

    /** Every answer of the protocol, in the order of its text. */
    @Test
    void answersAsTheProtocolSays() throws Exception {
        Path home = home("log");
        try (Ledger ledger = Ledger.open(home)) {
            fill(ledger, 3);
            Checkpoint three = ledger.checkpoint();
            Witness witness = witness("w", ledger.key());
            assertThat(witness.add("nonsense".getBytes(UTF_8)).status()).isEqualTo(400);
            assertThat(witness.add(new byte[AddCheckpoint.MAX_BYTES + 1]).status())
                    .isEqualTo(400);
            assertThat(witness("other").add(request(0, List.of(), three)).status())
                    .isEqualTo(404);
            assertThat(witness.add(tampered(request(0, List.of(), three))).status())
                    .isEqualTo(403);
            assertThat(witness.add(request(4, List.of(), three)).status()).isEqualTo(400);
            assertThat(witness.add(request(2, List.of(), three))).isEqualTo(new Answer.Conflict(0));
            assertThat(witness.add(request(0, List.of(three.root()), three)).status())
                    .isEqualTo(422);
            cosigned(witness, three, witness.add(request(0, List.of(), three)));
            assertThat(witness.add(request(0, List.of(), three))).isEqualTo(new Answer.Conflict(3));
            cosigned(witness, three, witness.add(request(3, List.of(), three)));
            fill(ledger, 300);
            Checkpoint more = ledger.checkpoint();
            assertThat(witness.add(request(3, List.of(), more)).status()).isEqualTo(422);
            List<Digest> proof = proof(home, 3, more.size());
            List<Digest> wrong = new ArrayList<>(proof);
            wrong.set(0, three.root());
            assertThat(witness.add(request(3, wrong, more)).status()).isEqualTo(422);
            cosigned(witness, more, witness.add(request(3, proof, more)));
            assertThat(witness.add(request(3, List.of(), three))).isEqualTo(new Answer.Conflict(more.size()));
        }
    }

    @Test
    void whatItSawOutlivesItAndIsNeverTakenForNothing() throws Exception {
        try (Ledger ledger = Ledger.open(home("log"))) {
            fill(ledger, 3);
            Checkpoint three = ledger.checkpoint();
            witness("w", ledger.key()).add(request(0, List.of(), three));
            assertThat(witness("w", ledger.key()).add(request(0, List.of(), three)))
                    .isEqualTo(new Answer.Conflict(3));
            try (Stream<Path> files = Files.list(base.resolve("w/seen"))) {
                Path seen = files.filter(
                                file -> String.valueOf(file.getFileName()).length() == 64)
                        .findFirst()
                        .orElseThrow();
                Files.write(seen, new byte[0]);
            }
            assertThatThrownBy(() -> witness("w", ledger.key())).hasMessageContaining("cannot be read");
        }
    }

    /** Three witnesses on loopback, two of them needed; one is down. Then the log is rolled back, then forked. */
    @Test
    void twoOfThreeMakeItWitnessedAndNoneFollowsAFork() throws Exception {
        Path home = home("log");
        NoteKey log;
        try (Ledger ledger = Ledger.open(home)) {
            log = ledger.key();
        }
        List<String> news = new ArrayList<>();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Witness one = witness("one", log);
        Witness two = witness("two", log);
        try (WitnessServer first = WitnessServer.start(any, one, news::add);
                WitnessServer second = WitnessServer.start(any, two, news::add)) {
            Path file = Witnessing.policy(home);
            String third = witness("three", log).key().text() + " http://127.0.0.1:1/\n";
            Files.writeString(file, "# ours\nneed 2\n" + peer(one, first) + peer(two, second) + third);
            WitnessPolicy policy = WitnessPolicy.read(file);
            try (Ledger ledger = Ledger.open(home)) {
                fill(ledger, 20);
                Witnessing.Result result = ask(home, ledger, policy);
                assertThat(result.witnessed()).isTrue();
                assertThat(result.cosigned()).isEqualTo(2);
                assertThat(result.complaints()).singleElement().asString().startsWith("witness.example/three: ");
                fill(ledger, 500);
                assertThat(ask(home, ledger, policy).witnessed()).isTrue();
                assertThat(Witnessing.newest(home, ledger).orElseThrow().size()).isEqualTo(520);
                Files.writeString(file, "need 3\n" + peer(one, first) + peer(two, second) + third);
                assertThat(ask(home, ledger, WitnessPolicy.read(file)).witnessed())
                        .isFalse();
            }
            forget(home);
            try (Ledger ledger = Ledger.open(home)) {
                fill(ledger, 7);
                Witnessing.Result rolledBack = ask(home, ledger, policy);
                assertThat(rolledBack.witnessed()).isFalse();
                assertThat(rolledBack.complaints())
                        .filteredOn(line -> line.contains("was rolled back"))
                        .hasSize(2);
                fill(ledger, 600);
                Witnessing.Result forked = ask(home, ledger, policy);
                assertThat(forked.cosigned()).isZero();
                assertThat(forked.complaints())
                        .filteredOn(line -> line.contains("was forked"))
                        .hasSize(2);
                assertThat(findings(home)).hasSize(4).allMatch(body -> body.severity() == Body.Severity.ACT);
                assertThat(news).filteredOn(line -> line.startsWith("422")).hasSize(2);
            }
        }
    }

    @Test
    void policiesThatCannotBeMetAreRefused() throws Exception {
        String key = witness("w").key().text();
        Path file = base.resolve("policy");
        for (String text : List.of(
                "",
                "need 1\n",
                "need 2\n" + key + " http://a/\n",
                "need 1\n" + key + " http://a/\n" + key + " http://b/\n",
                "need 1\n" + key + " ftp://a/\n",
                "need 1\n" + key + "\n",
                "need 0\n" + key + " http://a/\n",
                "need 1\nnot+a+key http://a/\n")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> WitnessPolicy.read(file)).as(text).isInstanceOf(IOException.class);
        }
        Files.writeString(file, "need 1\n" + key + " http://a/x\n");
        assertThat(WitnessPolicy.read(file).witnesses().getFirst().prefix()).hasToString("http://a/x/");
    }

    /** Whoever can reach the port can send anything. */
    @Test
    void noRequestIsCosignedThatWasTouched() throws Exception {
        try (Ledger ledger = Ledger.open(home("log"))) {
            fill(ledger, 5);
            Checkpoint five = ledger.checkpoint();
            Witness witness = witness("w", ledger.key());
            witness.add(request(0, List.of(), five));
            fill(ledger, 30);
            byte[] good = request(5, proof(base.resolve("log"), 5, 35), ledger.checkpoint());
            Random random = new Random(9);
            for (int i = 0; i < 1500; i++) {
                byte[] bad = good.clone();
                int at = random.nextInt(bad.length);
                bad[at] = (byte) random.nextInt(256);
                if (bad[at] != good[at]) {
                    assertThat(witness.add(bad)).as("%d", at).isNotInstanceOf(Answer.Cosigned.class);
                }
            }
            assertThat(witness.add(good)).isInstanceOf(Answer.Cosigned.class);
        }
    }

    @Test
    void aCheckpointIsHandedOut() throws Exception {
        try (Ledger ledger = Ledger.open(home("log"))) {
            fill(ledger, 2);
            Checkpoint two = ledger.checkpoint();
            Path directory = home("out");
            Witnessing.push(directory.toString(), two);
            assertThat(directory.resolve("checkpoint-2"))
                    .hasBinaryContent(two.note().bytes());
            Witnessing.push(directory.resolve("newest").toString(), two);
            assertThat(directory.resolve("newest")).hasBinaryContent(two.note().bytes());
            Witness witness = witness("w", ledger.key());
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try (WitnessServer server = WitnessServer.start(any, witness, _ -> {})) {
                String url = "http://127.0.0.1:" + server.address().getPort() + "/elsewhere";
                assertThatThrownBy(() -> Witnessing.push(url, two)).hasMessageContaining("answered 404");
            }
        }
    }

    private static Witnessing.Result ask(Path home, Ledger ledger, WitnessPolicy policy) throws IOException {
        return new Witnessing(home, ledger, new Care(home, ledger, CLOCK, "ada")).ask(policy);
    }

    private static String peer(Witness witness, WitnessServer server) {
        return witness.key().text() + " http://127.0.0.1:" + server.address().getPort() + "\n";
    }

    private static void cosigned(Witness witness, Checkpoint checkpoint, Answer answer) throws Exception {
        assertThat(answer).isInstanceOf(Answer.Cosigned.class);
        SignedNote note = new SignedNote(checkpoint.note().text(), SignedNote.lines(((Answer.Cosigned) answer).line()));
        assertThat(note.cosignedBy(witness.key())).hasValue(1_790_000_000L);
        SignedNote other = new SignedNote(note.text().replace("pawl", "paul"), note.lines());
        assertThat(other.cosignedBy(witness.key())).isEmpty();
        assertThatThrownBy(() -> note.requireSignature(witness.key())).hasMessageContaining("no key of a log");
    }

    private static byte[] request(long old, List<Digest> proof, Checkpoint checkpoint) {
        return new AddCheckpoint.Request(old, proof, checkpoint).bytes();
    }

    /** Another size than the signed one. */
    private static byte[] tampered(byte[] request) {
        return new String(request, UTF_8).replace("\n3\n", "\n4\n").getBytes(UTF_8);
    }

    private static List<Digest> proof(Path home, long from, long to) throws IOException {
        TreeHash hash = new TreeHash();
        return new ProofBuilder(hash, new TileNodes(LogFiles.in(Ledger.directory(home)), hash, to))
                .consistency(from, to);
    }

    private static void fill(Ledger ledger, int count) throws IOException {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new Event(
                    "e" + count + i,
                    CLOCK.instant(),
                    "a",
                    "r-1",
                    null,
                    null,
                    new Body.FileAccess("/p", "read", true),
                    null));
        }
        ledger.commit(events);
    }

    private static List<Body.Finding> findings(Path home) throws IOException {
        List<Body.Finding> findings = new ArrayList<>();
        new LedgerReader(home, 0).poll((_, line) -> {
            if (line instanceof EventJson.Decoded(Event event) && event.body() instanceof Body.Finding finding) {
                findings.add(finding);
            }
        });
        return findings;
    }

    /** The operator takes the log away and begins another under the same key. */
    private static void forget(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(Ledger.directory(home))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }
}
