package dev.pawl.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Event;
import dev.pawl.verify.JournalRecord;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.LogVerifier;
import dev.pawl.verify.NoteKey;
import dev.pawl.verify.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path home;

    /** Three processes, two threads each, one after the other killed in the middle. */
    @Test
    void severalProcessesKilledAtAnyMomentLoseNothingAcknowledged() throws IOException, InterruptedException {
        Random random = new Random(4);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            List<Process> children = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                children.add(start("exec \"$@\"", round + "-" + i + "-"));
            }
            for (Process child : children) {
                List<String> said = new ArrayList<>();
                try (BufferedReader lines = child.inputReader(UTF_8)) {
                    int wanted = 1 + random.nextInt(1500);
                    for (int i = 0; i < wanted; i++) {
                        said.add(lines.readLine());
                    }
                    assertThat(child.toHandle().destroyForcibly()).isTrue();
                    lines.lines().filter(line -> line.length() > 1).forEach(said::add);
                }
                assertThat(child.waitFor()).isEqualTo(137);
                // The pipe itself may end within an id.
                said.removeLast();
                assertThat(said).noneMatch(line -> line.startsWith("failed"));
                acknowledged.addAll(said);
            }
        }
        assertThat(ids()).containsAll(acknowledged);
        sound();
    }

    /** RLIMIT_FSIZE makes the kernel take a part of a batch and refuse the rest, as a full disk does. */
    @Test
    void aFullDiskEndsTheRecordWithAWholeEvent() throws IOException, InterruptedException {
        Process child = start("ulimit -f 16; exec \"$@\"", "x");
        List<String> said;
        try (BufferedReader lines = child.inputReader(UTF_8)) {
            said = lines.lines().toList();
        }
        assertThat(child.waitFor()).isZero();
        assertThat(said.stream().filter(line -> line.startsWith("failed"))).hasSize(2);
        List<String> acknowledged =
                said.stream().filter(line -> !line.startsWith("failed")).toList();
        assertThat(acknowledged).isNotEmpty();
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(acknowledged);
        sound();
    }

    @Test
    void afterOneFailureNothingMoreIsTaken() throws IOException {
        Ledger ledger = Ledger.open(home);
        ledger.append(event("1"));
        ledger.close();
        ledger.close();
        assertThatThrownBy(() -> ledger.append(event("2"))).hasMessageContaining("takes no more");
        assertThatThrownBy(() -> ledger.commit(List.of(event("2")))).hasMessageContaining("takes no more");
        assertThat(ids()).containsExactly("1");
    }

    /** In the journal they are one record, which a reader sees as a whole or not at all. */
    @Test
    void whatIsAppendedTogetherIsThereTogether() throws IOException {
        Ledger ledger = Ledger.open(home);
        ledger.append(event("1"));
        ledger.append(List.of(event("2"), event("3"), event("4")));
        byte[] journal = Files.readAllBytes(Ledger.directory(home).resolve("journal"));
        int second = JournalRecord.length(journal, 0);
        assertThat(JournalRecord.read(journal, second).orElseThrow().entries().count())
                .isEqualTo(3);
        assertThat(second + JournalRecord.length(journal, second)).isEqualTo(journal.length);
        assertThat(ids()).containsExactly("1", "2", "3", "4");
        ledger.close();
        assertThatThrownBy(() -> ledger.append(List.of(event("5"), event("6")))).hasMessageContaining("takes no more");
        assertThat(ids()).containsExactly("1", "2", "3", "4");
        sound();
    }

    @Test
    void onlyOncePerProcess() throws IOException {
        try (Ledger ledger = Ledger.open(home)) {
            ledger.append(event("1"));
            assertThat(ledger.size()).isEqualTo(1);
            for (Path file : files()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void anInterruptedThreadStillRecords() throws IOException {
        try (Ledger ledger = Ledger.open(home)) {
            Thread.currentThread().interrupt();
            ledger.append(event("1"));
            ledger.commit(List.of(event("2"), event("3")));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(ids()).containsExactly("1", "2", "3");
        sound();
    }

    /** Sealed over before: what was signed is not signed again in another form. */
    @Test
    void anEditedStoreIsNeverSigned() throws IOException {
        try (Ledger ledger = Ledger.open(home)) {
            ledger.append(event("1"));
            ledger.append(event("2"));
        }
        Path journal = Ledger.directory(home).resolve("journal");
        byte[] bytes = Files.readAllBytes(journal);
        Ledger other = Ledger.open(home.resolve("other"));
        other.append(event("1"));
        other.append(event("3"));
        other.close();
        Files.write(
                journal,
                Files.readAllBytes(Ledger.directory(home.resolve("other")).resolve("journal")));
        Ledger edited = Ledger.open(home);
        edited.append(event("4"));
        assertThatThrownBy(edited::checkpoint).hasMessageContaining("not the one that was signed");
        assertThatThrownBy(edited::close).isInstanceOf(IOException.class);
        Files.write(journal, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> Ledger.open(home)).hasMessageContaining("lacks entries from 1 on");
        Files.delete(home.resolve("ledger.key"));
        Files.write(journal, bytes);
        assertThatThrownBy(() -> Ledger.open(home)).hasMessageContaining("key of the log is missing");
    }

    @Test
    void readsWhileItIsWrittenAndCompacted() throws IOException {
        List<String> read = new ArrayList<>();
        try (Ledger ledger = Ledger.open(home)) {
            LedgerReader reader = new LedgerReader(home, 0);
            List<String> written = new ArrayList<>();
            for (int i = 0; i < 700; i++) {
                ledger.append(event("e" + i));
                written.add("e" + i);
                if (i % 90 == 0) {
                    ledger.checkpoint();
                }
                if (i % 31 == 0) {
                    reader.poll((index, line) -> read.add(id(line)));
                    assertThat(read).isEqualTo(written);
                    assertThat(reader.next()).isEqualTo(i + 1);
                }
            }
        }
        assertThat(ids()).hasSize(700);
        new LedgerReader(home, 699).poll((index, line) -> assertThat(id(line)).isEqualTo("e" + index));
        List<Long> ofRun = new ArrayList<>();
        new LedgerReader(home, 690).poll("r-1", (index, line) -> ofRun.add(index));
        assertThat(ofRun).hasSize(10);
        new LedgerReader(home, 0).poll("r-2", (index, line) -> ofRun.add(index));
        assertThat(ofRun).hasSize(10);
    }

    /** The median is what every attempt of an agent pays; it is printed and has a ceiling a busy machine still meets. */
    @Test
    void appendingIsFast() throws IOException {
        long[] nanos = new long[40_000];
        try (Ledger ledger = Ledger.open(home)) {
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                ledger.append(event("1"));
                nanos[i] = System.nanoTime() - start;
            }
        }
        long[] warm = Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length);
        Arrays.sort(warm);
        System.out.printf(
                "append: median %.1f us, 99%% %.1f us%n",
                warm[warm.length / 2] / 1e3, warm[warm.length * 99 / 100] / 1e3);
        assertThat(warm[warm.length / 2]).isLessThan(50_000);
    }

    private void sound() throws IOException {
        NoteKey key;
        try (Ledger ledger = Ledger.open(home)) {
            ledger.checkpoint();
            key = ledger.key();
        }
        assertThat(new LogVerifier(key, false).check(LogFiles.in(Ledger.directory(home)), List.of()))
                .isInstanceOf(Verdict.Sound.class);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private Process start(String shell, String name) throws IOException {
        return new ProcessBuilder(
                        "/bin/bash",
                        "-c",
                        shell,
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        home.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Event event(String id) {
        return Appender.event(id);
    }

    private static String id(EventJson.Line line) {
        assertThat(line).isInstanceOf(EventJson.Decoded.class);
        return ((EventJson.Decoded) line).event().id();
    }

    private Set<String> ids() throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        new LedgerReader(home, 0).poll((index, line) -> ids.add(id(line)));
        return ids;
    }
}
