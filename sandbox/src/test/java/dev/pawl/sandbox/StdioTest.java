package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No descriptor of a file, directory or socket of the host may reach an agent, whatever stands on 0, 1 and 2. */
class StdioTest {
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;

    @TempDir
    private Path directory;

    @Test
    void pipesAndNothingArePassedOn() throws KernelException {
        try (Fd.Pair pipe = Fd.pipe();
                Fd nothing = Fd.open("/dev/null", O_RDONLY);
                Stdio stdio = new Stdio(
                        nothing.number(), pipe.second().number(), pipe.second().number())) {
            assertThat(targets(stdio))
                    .satisfiesExactly(
                            in -> assertThat(in).isEqualTo("/dev/null"),
                            out -> assertThat(out).isEqualTo(target(pipe.second())),
                            error -> assertThat(error).isEqualTo(target(pipe.second())));
        }
    }

    @Test
    void everythingElseBecomesAPipe() throws IOException {
        Path file = Files.writeString(directory.resolve("out"), "");
        try (Fd folder = Fd.open(directory.toString(), O_RDONLY);
                Fd out = Fd.open(file.toString(), O_WRONLY);
                Fd.Pair sockets = Fd.socketPair();
                Stdio stdio =
                        new Stdio(folder.number(), out.number(), sockets.first().number())) {
            assertThat(targets(stdio)).allMatch(target -> target.startsWith("pipe:["));
        }
    }

    @Test
    void whatIsWrittenArrivesInTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("out"), "");
        try (Fd nothing = Fd.open("/dev/null", O_RDONLY);
                Fd out = Fd.open(file.toString(), O_WRONLY)) {
            try (Stdio stdio = new Stdio(nothing.number(), out.number(), nothing.number())) {
                Files.writeString(
                        Path.of("/proc/self/fd/" + stdio.inside().get(1).number()), "from the agent");
            }
            assertThat(file).hasContent("from the agent");
        }
    }

    private static List<String> targets(Stdio stdio) {
        return stdio.inside().stream().map(StdioTest::target).toList();
    }

    private static String target(Fd fd) {
        return ProcFs.link("/proc/self/fd/" + fd.number());
    }
}
