package dev.pawl.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.verify.EntryBundle;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.LogVerifier;
import dev.pawl.verify.NoteKey;
import dev.pawl.verify.Packed;
import dev.pawl.verify.TilePath;
import dev.pawl.verify.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Edits of a store by somebody who may write to it: one byte anywhere, or whole entries with everything made to match. */
class EditTest {
    private static final Path ROOT = Path.of("/home/ledger");
    private static final Path KEY = Path.of("/home/ledger.key");
    private static final int LOGS = 53;
    private static final int EDITS = 200;

    /** A log in memory. */
    private record Store(NoteKey key, Map<String, byte[]> content, long size) implements LogFiles {
        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(content.get(path));
        }

        @Override
        public List<String> tiles() {
            return content.keySet().stream()
                    .filter(path -> path.startsWith("tile/"))
                    .toList();
        }

        byte[] file(String path) {
            return content.getOrDefault(path, new byte[0]);
        }

        Store with(String path, byte[] bytes) {
            Map<String, byte[]> edited = new TreeMap<>(content);
            edited.put(path, bytes);
            return new Store(key, edited, size);
        }

        Verdict verify(byte[]... older) throws IOException {
            return new LogVerifier(key, false).check(this, List.of(older));
        }
    }

    @Test
    void noEditOfOneByteAnywherePasses() throws IOException {
        Random random = new Random(6962);
        int edits = 0;
        Map<String, Integer> where = new HashMap<>();
        for (int i = 0; i < LOGS; i++) {
            Store store = make(random, 1 + random.nextInt(i % 10 == 0 ? 700 : 60));
            assertThat(store.verify()).isInstanceOf(Verdict.Sound.class);
            for (int j = 0; j < EDITS; j++) {
                String path = pick(store, random);
                byte[] before = store.file(path);
                int at = random.nextInt(before.length + 1);
                byte[] after = edit(before, at, random);
                if (Arrays.equals(before, after)) {
                    continue;
                }
                Verdict verdict = store.with(path, after).verify();
                assertThat(verdict).as(path + " at " + at).isInstanceOf(Verdict.Broken.class);
                namesThePlace((Verdict.Broken) verdict, path, before, after);
                edits++;
                where.merge(path.replaceAll("[0-9/].*", ""), 1, Integer::sum);
            }
        }
        System.out.println("edits: " + edits + " found and placed, " + where);
        assertThat(edits).isGreaterThanOrEqualTo(10_000);
    }

    private static void namesThePlace(Verdict.Broken broken, String path, byte[] before, byte[] after) {
        assertThat(broken.file()).isEqualTo(path);
        Optional<TilePath> tile = TilePath.parse(path);
        if (tile.isPresent() && tile.get().level() == TilePath.ENTRIES && broken.entry() >= 0) {
            EntryBundle bundle = EntryBundle.split(before, tile.get().width());
            int first = Arrays.mismatch(before, after);
            int wrong = 0;
            while (wrong < bundle.count()
                    && EntryBundle.split(before, wrong + 1).end() <= first) {
                wrong++;
            }
            assertThat(broken.entry()).isEqualTo(tile.get().index() * TilePath.FULL + wrong);
        }
    }

    /** A byte changed, a bit flipped, a byte put in, a byte taken out, the rest cut off. */
    private static byte[] edit(byte[] before, int at, Random random) {
        boolean end = at == before.length;
        byte[] head = Arrays.copyOf(before, at);
        byte[] tail = end ? new byte[0] : Arrays.copyOfRange(before, at + 1, before.length);
        byte old = end ? 0 : before[at];
        return switch (end ? 2 : random.nextInt(5)) {
            case 0 -> joined(head, new byte[] {(byte) random.nextInt(256)}, tail);
            case 1 -> joined(head, new byte[] {(byte) (old ^ 1 << random.nextInt(8))}, tail);
            case 2 ->
                joined(head, new byte[] {(byte) random.nextInt(256)}, Arrays.copyOfRange(before, at, before.length));
            case 3 -> joined(head, new byte[0], tail);
            default -> head;
        };
    }

    /** gzip has bits that nothing depends on; an edit of one of them must show as well. */
    @Test
    void noEditOfAPackedBundlePasses() throws IOException {
        Random random = new Random(1952);
        Store store = make(random, 300);
        byte[] packed = Packed.pack(store.file("tile/entries/000"));
        Map<String, byte[]> content = new TreeMap<>(store.content());
        content.put("tile/entries/000.gz", packed);
        assertThat(new Store(store.key(), content, 300).verify()).isInstanceOf(Verdict.Sound.class);
        content.remove("tile/entries/000");
        Store archived = new Store(store.key(), content, 300);
        assertThat(archived.verify()).isInstanceOf(Verdict.Sound.class);
        for (int i = 0; i < 3000; i++) {
            byte[] edited = edit(packed, random.nextInt(packed.length + 1), random);
            if (!Arrays.equals(packed, edited)) {
                broken(archived.with("tile/entries/000.gz", edited), 0, "missing or cut short");
            }
        }
        assertThat(archived.with("tile/entries/001.gz", packed).verify()).isInstanceOf(Verdict.Broken.class);
        assertThat(archived.with("tile/0/000.gz", packed).verify()).isInstanceOf(Verdict.Broken.class);
    }

    /** Only as far as whoever asks allows it, and only if the hashes are there. */
    @Test
    void entriesThatWereGivenUp() throws IOException {
        Store store = make(new Random(2), 700);
        Map<String, byte[]> content = new TreeMap<>(store.content());
        content.remove("tile/entries/000");
        Store pruned = new Store(store.key(), content, 700);
        broken(pruned, 0, "is missing");
        assertThat(new LogVerifier(store.key(), false, 255).check(pruned, List.of()))
                .isInstanceOf(Verdict.Broken.class);
        assertThat(new LogVerifier(store.key(), false, 256).check(pruned, List.of()))
                .isInstanceOfSatisfying(
                        Verdict.Sound.class, sound -> assertThat(sound.gone()).isEqualTo(256));
        byte[] hashes = store.file("tile/0/000").clone();
        hashes[4000] ^= 1;
        assertThat(new LogVerifier(store.key(), false, 256).check(pruned.with("tile/0/000", hashes), List.of()))
                .isInstanceOf(Verdict.Broken.class);
        content.remove("tile/entries/001");
        assertThat(new LogVerifier(store.key(), false, 256).check(new Store(store.key(), content, 700), List.of()))
                .isInstanceOf(Verdict.Broken.class);
    }

    @Test
    void wholeEntries() throws IOException {
        Store store = make(new Random(1), 300);
        String path = "tile/entries/000";
        EntryBundle bundle = EntryBundle.split(store.file(path), 256);
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < bundle.count(); i++) {
            entries.add(bundle.entry(i));
        }
        broken(store.with(path, EntryBundle.join(changed(entries, list -> list.remove(17)))), 17, "removed");
        broken(
                store.with(path, EntryBundle.join(changed(entries, list -> list.add(17, new byte[] {1})))),
                17,
                "inserted");
        broken(
                store.with(path, EntryBundle.join(changed(entries, list -> list.add(17, list.remove(90))))),
                17,
                "moved");
        broken(
                store.with(path, EntryBundle.join(changed(entries, list -> list.set(17, new byte[] {1})))),
                17,
                "changed");
    }

    /** Whoever has the signing key can sign another log. Only what was kept elsewhere tells. */
    @Test
    void truncatedForkedAndWrongKey() throws IOException {
        FaultyDisk disk = new FaultyDisk(1);
        List<byte[]> signed = new ArrayList<>();
        try (Log log = Log.open(disk, ROOT, KEY)) {
            for (int i = 0; i < 40; i++) {
                log.append(List.of(("entry " + i).getBytes(UTF_8)));
                signed.add(log.publish().note().bytes());
            }
            log.compact();
        }
        Store store = store(disk, 40);
        assertThat(store.verify(signed.get(3), signed.get(39))).isInstanceOf(Verdict.Sound.class);

        FaultyDisk other = new FaultyDisk(2);
        other.write(KEY, disk.content(KEY));
        try (Log log = Log.open(other, ROOT, KEY)) {
            for (int i = 0; i < 30; i++) {
                log.append(List.of(("entry " + (i == 20 ? 99 : i)).getBytes(UTF_8)));
            }
            log.compact();
        }
        Store forked = store(other, 30);
        assertThat(forked.verify()).isInstanceOf(Verdict.Sound.class);
        broken(forked.verify(signed.get(39)), 30, "removed with all that followed");
        broken(forked.verify(signed.get(9), signed.get(19), signed.get(24)), -1, "forked");
        assertThat(((Verdict.Broken) forked.verify(signed.get(19), signed.get(24))).reason())
                .contains("20 to 24");

        FaultyDisk stranger = new FaultyDisk(3);
        Log.open(stranger, ROOT, KEY).close();
        NoteKey wrong = store(stranger, 0).key;
        broken(new LogVerifier(wrong, false).check(store, List.of()), -1, "not signed by the key");
        broken(store.verify("no note".getBytes(UTF_8)), -1, "without signatures");
    }

    /** Entries, tiles and all hashes made anew: nothing in the store disagrees but the signature. */
    @Test
    void theSignatureCoversSizeRootAndOrigin() throws IOException {
        Store store = make(new Random(2), 5);
        String text = new String(store.file("checkpoint"), UTF_8);
        String[] lines = text.split("\n", -1);
        for (int line = 0; line < 3; line++) {
            String[] changed = lines.clone();
            changed[line] = line == 1 ? "4" : changed[line].replaceFirst("[A-Za-z]", "Q");
            broken(store.with("checkpoint", String.join("\n", changed).getBytes(UTF_8)), -1, "signature");
        }
    }

    private interface Change {
        void to(List<byte[]> entries);
    }

    private static List<byte[]> changed(List<byte[]> entries, Change change) {
        List<byte[]> copy = new ArrayList<>(entries);
        change.to(copy);
        return copy;
    }

    private static void broken(Store store, long entry, String reason) throws IOException {
        broken(store.verify(), entry, reason);
    }

    private static void broken(Verdict verdict, long entry, String reason) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
            assertThat(broken.entry()).as(broken.text()).isEqualTo(entry);
            assertThat(broken.reason()).contains(reason);
        });
    }

    private static Store make(Random random, int entries) throws IOException {
        FaultyDisk disk = new FaultyDisk(random.nextLong());
        int size = 0;
        try (Log log = Log.open(disk, ROOT, KEY)) {
            while (size < entries) {
                List<byte[]> batch = new ArrayList<>();
                for (int i = 1 + random.nextInt(20); i > 0 && size < entries; i--) {
                    byte[] entry = new byte[random.nextInt(60)];
                    random.nextBytes(entry);
                    batch.add(entry);
                    size++;
                }
                log.append(batch);
                if (random.nextInt(6) == 0) {
                    log.publish();
                }
            }
            log.compact();
        }
        return store(disk, size);
    }

    private static Store store(FaultyDisk disk, long size) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        disk.files()
                .filter(file -> file.startsWith(ROOT) && !file.endsWith("making"))
                .forEach(file -> content.put(ROOT.relativize(file).toString(), disk.content(file)));
        return new Store(KeyFile.open(disk, KEY, false).key(), content, size);
    }

    /** Any file, each kind about as often as the others. */
    private static String pick(Store store, Random random) {
        List<String> paths = new ArrayList<>(store.content.keySet());
        return paths.get(random.nextInt(paths.size()));
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
