package dev.pawl.sandbox.landlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ruleset binds a thread for good, so each test has one of its own, which only makes system calls. */
class RulesetTest {
    private static final int AT_FDCWD = -100;
    private static final long EXDEV = -18;

    @TempDir
    private Path directory;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @BeforeAll
    static void kernel() throws IOException {
        Ruleset.require();
    }

    @AfterEach
    void end() {
        thread.close();
    }

    @Test
    void whatIsHandledIsRefusedButForTheFileAllowed() throws Exception {
        Path allowed = Files.writeString(directory.resolve("allowed"), "a");
        Path other = Files.writeString(directory.resolve("other"), "b");
        Path linked = Files.createLink(directory.resolve("linked"), allowed);
        assertThat(open(other)).isZero();
        bind(Ruleset.READ_FILE, allowed, Ruleset.READ_FILE);
        assertThat(open(allowed)).isZero();
        assertThat(open(linked)).isZero();
        assertThat(open(other)).isEqualTo(-Errno.EACCES);
    }

    @Test
    void anotherFileUnderTheAllowedNameIsNotAllowed() throws Exception {
        Path allowed = Files.writeString(directory.resolve("allowed"), "a");
        Path other = Files.writeString(directory.resolve("other"), "b");
        bind(Ruleset.READ_FILE, allowed, Ruleset.READ_FILE);
        Path moved = Files.move(allowed, directory.resolve("moved"));
        Files.move(other, allowed);
        assertThat(open(allowed)).isEqualTo(-Errno.EACCES);
        assertThat(open(moved)).isZero();
    }

    @Test
    void aDirectoryStandsForWhatLiesBelow() throws Exception {
        Path below = Files.createDirectories(directory.resolve("a/b"));
        bind(Ruleset.READ_FILE, below, Ruleset.READ_FILE);
        assertThat(open(Files.writeString(below.resolve("later"), ""))).isZero();
        assertThat(open(Files.writeString(directory.resolve("a/later"), ""))).isEqualTo(-Errno.EACCES);
    }

    @Test
    void linksAcrossDirectoriesNeedTheirRule() throws Exception {
        Path file = Files.writeString(
                Files.createDirectory(directory.resolve("one")).resolve("file"), "a");
        Path two = Files.createDirectory(directory.resolve("two"));
        bind(Ruleset.EXECUTE | Ruleset.REFER, two, Ruleset.EXECUTE);
        assertThat(link(file, two.resolve("link"))).isEqualTo(EXDEV);
    }

    @Test
    void linksAcrossDirectoriesWorkWithTheirRule() throws Exception {
        Path file = Files.writeString(
                Files.createDirectory(directory.resolve("one")).resolve("file"), "a");
        Path two = Files.createDirectory(directory.resolve("two"));
        bind(Ruleset.EXECUTE | Ruleset.REFER, directory, Ruleset.REFER);
        assertThat(link(file, two.resolve("link"))).isZero();
    }

    @Test
    void aRuleForWhatIsNotThereNamesIt() throws IOException {
        Path missing = directory.resolve("missing");
        try (Ruleset rules = Ruleset.handling(Ruleset.EXECUTE)) {
            assertThatThrownBy(() -> rules.allow(List.of(directory.toString(), missing.toString()), Ruleset.EXECUTE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(missing.toString());
        }
    }

    private void bind(long handled, Path path, long allowed) throws Exception {
        there(() -> {
            try (Ruleset rules = Ruleset.handling(handled)) {
                rules.allow(List.of(path.toString()), allowed);
                rules.restrict();
            }
            return 0L;
        });
    }

    /** 0, or the error number negated. */
    private long open(Path path) throws Exception {
        return there(() -> {
            try (Arena arena = Arena.ofConfined()) {
                long opened = Kernel.call(
                        Sys.OPENAT,
                        AT_FDCWD,
                        Kernel.text(arena, path.toString()).address(),
                        0);
                return opened < 0 ? opened : Kernel.call(Sys.CLOSE, opened, 0, 0);
            }
        });
    }

    private long link(Path file, Path name) throws Exception {
        return there(() -> {
            try (Arena arena = Arena.ofConfined()) {
                return (long) Kernel.libc(
                                        "link",
                                        Kernel.text(arena, file.toString()).address(),
                                        Kernel.text(arena, name.toString()).address(),
                                        0,
                                        0,
                                        0,
                                        0)
                                == 0
                        ? 0L
                        : EXDEV;
            }
        });
    }

    private long there(Callable<Long> call) throws Exception {
        return thread.submit(call).get();
    }
}
