package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.ProcessInfo;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.programs.ProgramSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks into this process as if it were an agent's. */
class ProgramFinderTest {
    private static final int PID = (int) ProcessHandle.current().pid();
    private static final int FUZZED = 5_000;

    @TempDir
    private Path given;

    private Path base = Path.of("");
    private Path granted = Path.of("");
    private Root root = root();

    @BeforeEach
    void layOut() throws IOException {
        base = given.toRealPath();
        granted = Files.writeString(base.resolve("granted"), "granted");
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void whatAPathLeadsTo() throws IOException {
        Files.createSymbolicLink(base.resolve("link"), Path.of("granted"));
        assertThat(find(base.resolve("link"))).contains(granted.toString());
        assertThat(find(base.resolve("missing"))).isEmpty();
        assertThat(find(base.resolve("granted/below"))).contains("");
    }

    @Test
    void theMagicLinksOfProc() throws IOException {
        String exe = ProcFs.link("/proc/self/exe");
        for (String path : List.of(
                "/proc/self/exe",
                "/proc/thread-self/exe",
                "//proc/./self//exe",
                "/proc/" + ProcFs.inner(PID) + "/exe",
                "/proc/self/task/" + PID + "/exe")) {
            assertThat(find(path)).as(path).contains(exe);
        }
        assertThat(find("/proc/self/root" + granted)).contains(granted.toString());
        assertThat(find("/proc/self/cwd/no-such-file")).isEmpty();
        assertThat(find("/proc/999999999/exe")).isEmpty();
        assertThat(find("/proc/x/../self/exe")).isEmpty();
    }

    @Test
    void linksIntoProc() throws IOException {
        Path link = Files.createSymbolicLink(base.resolve("self"), Path.of("/proc/self/exe"));
        assertThat(find(link)).contains(ProcFs.link("/proc/self/exe"));
        Path round = base.resolve("round");
        Files.createSymbolicLink(round, Path.of("/proc/self/root" + round));
        assertThat(find(round)).as("without end").contains("");
    }

    @Test
    void descriptors() throws IOException {
        try (Fd file = Fd.open(granted.toString(), 0)) {
            assertThat(find("/proc/self/fd/" + file.number())).contains(granted.toString());
            assertThat(find("/dev/fd/" + file.number())).contains(granted.toString());
            assertThat(finder().file(request("", OptionalInt.of(file.number()))))
                    .contains(granted.toString());
            Files.delete(granted);
            assertThat(finder().file(request("", OptionalInt.of(file.number()))))
                    .contains(granted + " (deleted)");
        }
        try (Fd memory = Fd.memory(new byte[] {1})) {
            assertThat(finder().file(request("", OptionalInt.of(memory.number()))))
                    .contains("/memfd:pawl (deleted)");
        }
    }

    @Test
    void aGrantedFileIsItselfUnderAnyName() throws IOException {
        Path linked = Files.createLink(base.resolve("linked"), granted);
        assertThat(find(linked)).contains(linked.toString());
        assertThat(finder(granted).file(request(linked.toString(), OptionalInt.empty())))
                .contains(granted.toString());
        assertThat(finder(granted, linked).file(request(linked.toString(), OptionalInt.empty())))
                .as("granted under both names")
                .contains(linked.toString());
    }

    @Test
    void anotherFileAtAGrantedPathIsNotTheGrantedOne() throws IOException {
        ProgramFinder finder = finder(granted);
        Path other = Files.writeString(base.resolve("other"), "other");
        Files.move(other, granted, StandardCopyOption.REPLACE_EXISTING);
        assertThat(finder.file(request(granted.toString(), OptionalInt.empty())))
                .contains(granted + " (replaced)");
    }

    @Test
    void noPathAnAgentCanWriteDoesMoreThanNameAFile() {
        Random random = new Random(7);
        List<String> parts = List.of(
                "/",
                "//",
                "/./",
                "/../",
                "proc",
                "self",
                "thread-self",
                "fd",
                "0",
                "exe",
                "root",
                "cwd",
                "task",
                "dev",
                "1",
                "99999999999",
                "…",
                "\n",
                "a".repeat(300),
                "bin",
                "sh");
        for (int turn = 0; turn < FUZZED; turn++) {
            StringBuilder path = new StringBuilder(random.nextBoolean() ? "/proc/" : "/");
            for (int count = random.nextInt(12); count >= 0; count--) {
                path.append(parts.get(random.nextInt(parts.size())));
                path.append(random.nextInt(3) == 0 ? "" : "/");
            }
            assertThat(find(path.toString())).isNotNull();
        }
    }

    private Optional<String> find(Path path) {
        return find(path.toString());
    }

    private Optional<String> find(String path) {
        return finder().file(request(path, OptionalInt.empty()));
    }

    private ProgramFinder finder(Path... programs) {
        Optional<ProgramSet> set =
                programs.length == 0 ? Optional.empty() : Optional.of(new ProgramSet(List.of(programs), List.of()));
        try {
            return ProgramFinder.of(root, () -> List.of(PID), set);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Processes.ExecRequest request(String path, OptionalInt descriptor) {
        return new Processes.ExecRequest(PID, new ProcessInfo(PID, 1, path, List.of(), "/", "x"), descriptor);
    }

    private static Root root() {
        try {
            return new Root(PID);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
