package dev.pawl.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    Path directory;

    @Test
    void killedAtAnyMomentLosesNothingAcknowledged() throws IOException, InterruptedException {
        Random random = new Random(4);
        for (int round = 0; round < 10; round++) {
            Path path = directory.resolve("killed-" + round + ".jsonl");
            Process child = start("exec \"$@\"", path);
            List<String> acknowledged = new ArrayList<>();
            try (BufferedReader lines = child.inputReader(UTF_8)) {
                int wanted = 1 + random.nextInt(3000);
                for (int i = 0; i < wanted; i++) {
                    acknowledged.add(lines.readLine());
                }
                assertThat(child.toHandle().destroyForcibly()).isTrue();
                lines.lines().filter(line -> line.length() > 1).forEach(acknowledged::add);
            }
            assertThat(child.waitFor()).isEqualTo(137);
            // The pipe itself may end within an id.
            acknowledged.removeLast();
            assertThat(ids(path)).containsAll(acknowledged);
        }
    }

    /** RLIMIT_FSIZE makes the kernel take a part of a line and refuse the rest, as a full disk does. */
    @Test
    void aFullDiskEndsTheRecordWithAWholeLine() throws IOException, InterruptedException {
        Path path = directory.resolve("full.jsonl");
        Process child = start("ulimit -f 8; exec \"$@\"", path);
        List<String> said;
        try (BufferedReader lines = child.inputReader(UTF_8)) {
            said = lines.lines().toList();
        }
        assertThat(child.waitFor()).isZero();
        assertThat(said.stream().filter(line -> line.startsWith("failed"))).hasSize(2);
        List<String> acknowledged =
                said.stream().filter(line -> !line.startsWith("failed")).toList();
        assertThat(acknowledged).isNotEmpty();
        assertThat(ids(path)).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(Files.readString(path)).endsWith("}\n");
    }

    @Test
    void afterOneFailureNothingMoreIsTaken() throws IOException {
        try (EventFile full = EventFile.open(Path.of("/dev/full"))) {
            assertThatThrownBy(() -> full.append(Appender.event("1"))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> full.append(Appender.event("2"))).hasMessageContaining("takes no more");
        }
    }

    @Test
    void anInterruptedThreadStillRecords() throws IOException {
        Path path = directory.resolve("interrupted.jsonl");
        try (EventFile file = EventFile.open(path)) {
            Thread.currentThread().interrupt();
            file.append(Appender.event("1"));
            file.append(Appender.event("2"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(ids(path)).containsExactly("1", "2");
    }

    @Test
    void onlyTheOwnerMayReadAndTheUnfinishedLineIsCutOnOpening() throws IOException {
        Path path = directory.resolve("torn.jsonl");
        try (EventFile file = EventFile.open(path)) {
            file.append(Appender.event("1"));
            file.force();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        Files.writeString(path, "{\"id\":\"2\",", StandardOpenOption.APPEND);
        try (EventFile file = EventFile.open(path)) {
            file.append(Appender.event("3"));
        }
        assertThat(ids(path)).containsExactly("1", "3");
    }

    @Test
    void closedTakesNoMore() throws IOException {
        EventFile file = EventFile.open(directory.resolve("closed.jsonl"));
        file.close();
        file.close();
        assertThatThrownBy(() -> file.append(Appender.event("1"))).isInstanceOf(IOException.class);
    }

    /** The median is what every attempt of an agent pays; it is printed and has a ceiling a busy machine still meets. */
    @Test
    void appendingIsFast() throws IOException {
        long[] nanos = new long[40_000];
        try (EventFile file = EventFile.open(directory.resolve("fast.jsonl"))) {
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                file.append(Appender.event("1"));
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

    private static Process start(String shell, Path path) throws IOException {
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
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Set<String> ids(Path path) throws IOException {
        Set<String> ids = new HashSet<>();
        try (EventReader reader = EventReader.open(path)) {
            reader.poll(line -> {
                assertThat(line).isInstanceOf(EventJson.Decoded.class);
                ids.add(((EventJson.Decoded) line).event().id());
            });
        }
        return ids;
    }
}
