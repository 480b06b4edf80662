package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.ledger.Ledger;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.LogVerifier;
import dev.pawl.verify.NoteKey;
import dev.pawl.verify.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home on a small file system of its own, which becomes full while an agent works and is emptied again. */
class RecordFullIT {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path base;

    private Launcher launcher;
    private Path work;
    private boolean mounted;

    @BeforeEach
    void open() throws Exception {
        assumeThat(Launcher.isRoot()).as("only root can mount a tmpfs").isTrue();
        launcher = new Launcher(base);
        work = launcher.workspace("full");
        Files.createDirectories(launcher.home());
        mount(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=64m,mode=700",
                "pawl-full",
                launcher.home().toString());
        mounted = true;
    }

    @AfterEach
    void close() throws Exception {
        if (mounted) {
            launcher.close();
            mount("umount", "--lazy", launcher.home().toString());
        }
    }

    @Test
    void belowTheReserveRunsAreFrozenAndTheRecordSaysSo() throws IOException {
        Started run = working();
        fill(16);
        frozen(run);
        assertThat(launcher.controls("freeze"))
                .singleElement()
                .satisfies(freeze -> assertThat(freeze.actor()).isEqualTo("ledger"));
        goesOn(run);
    }

    /** Not one byte is left, so that even the freeze has to wait for its place in the record. */
    @Test
    void onADiskThatIsFullToTheLastByteNothingIsLostAndNothingOverwritten() throws IOException {
        Started run = working();
        List<Event> before = launcher.events();
        fill(0);
        frozen(run);
        assertThat(launcher.events()).startsWith(before.toArray(Event[]::new));
        goesOn(run);
        assertThat(launcher.events()).startsWith(before.toArray(Event[]::new));
        assertThat(launcher.controls("freeze"))
                .singleElement()
                .satisfies(freeze -> assertThat(freeze.actor()).isEqualTo("ledger"));
    }

    @Test
    void withoutRoomNothingStarts() throws IOException {
        fill(16);
        Ended ended =
                launcher.run(launcher.charter("late", work, ""), work, "true").ended();
        assertThat(ended.code()).isEqualTo(125);
        assertThat(ended.err()).contains("nearly full");
    }

    /** The loop outlives whichever of its programs is denied at the moment the disk is found full. */
    private Started working() throws IOException {
        Path charter = launcher.charter("writer", work, "");
        Started run = launcher.run(
                charter, work, "bash", "-c", "while :; do sleep 0.02; /bin/date +%N >>progress; done 2>/dev/null");
        Started.until("it works", () -> progress() > 3);
        // The agent may be faster than who wants to control it.
        Started.until("it can be held", () -> shown().contains("running"));
        return run;
    }

    private String shown() {
        try {
            return launcher.pawl("ps").out();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void frozen(Started run) throws IOException {
        Started.until("it is frozen", () -> run.err().contains("is frozen; make room, then: pawl resume"));
        assertThat(run.process().isAlive()).isTrue();
        assertThat(launcher.pawl("ps").out()).contains("frozen");
        long progress = progress();
        Ended refused = launcher.pawl("resume", "writer");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains("make room first");
        assertThat(progress()).isEqualTo(progress);
    }

    private void goesOn(Started run) throws IOException {
        Files.delete(ballast());
        long progress = progress();
        Ended resumed = launcher.pawl("resume", "writer");
        assertThat(resumed.code()).as(resumed.toString()).isZero();
        Started.until("it works again", () -> progress() > progress + 3);
        assertThat(launcher.pawl("stop", "writer").code()).isZero();
        assertThat(run.ended().code()).isEqualTo(137);
        List<Event> events = launcher.events();
        assertThat(events)
                .extracting(Event::body)
                .filteredOn(Body.Finding.class::isInstance)
                .singleElement()
                .satisfies(finding ->
                        assertThat(((Body.Finding) finding).severity()).isEqualTo(Body.Severity.ACT));
        assertThat(events).extracting(Event::id).isSorted();
        Path log = Ledger.directory(launcher.home());
        String key = launcher.pawl("ledger", "key").out().strip();
        assertThat(sound(key, log)).isInstanceOf(Verdict.Sound.class);
    }

    private static Verdict sound(String key, Path log) throws IOException {
        try {
            return new LogVerifier(NoteKey.parse(key), false).check(LogFiles.in(log), List.of());
        } catch (dev.pawl.verify.FormatFault e) {
            throw new IOException(e);
        }
    }

    private Path ballast() {
        return launcher.home().resolve("ballast");
    }

    /** Leaves that many MiB. */
    private void fill(int left) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast())) {
            while (left == 0 || Files.getFileStore(launcher.home()).getUsableSpace() > (long) left * MEBIBYTE) {
                out.write(new byte[left == 0 ? 4096 : MEBIBYTE]);
            }
        } catch (IOException e) {
            assertThat(left).as(String.valueOf(e)).isZero();
        }
    }

    private long progress() {
        try {
            return Files.size(work.resolve("progress")) / 10;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void mount(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
