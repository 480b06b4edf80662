package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs are linked to the tool call behind them: a few of the generated runs of {@code bench/links}, which makes more. */
final class LinksIT {
    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));

    LinksIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void ofGeneratedRunsOverFourProtocols() throws IOException {
        Path bench = Sources.ROOT.toAbsolutePath().resolve("bench/links");
        List<String> command = List.of(Launcher.PYTHON, bench.toString(), "--runs", "8", "--seed", "2");
        Ended ended = launcher.program(Launcher.NOTHING, launcher.workspace("links"), command)
                .ended();
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(ended.out()).contains("8 runs, 0 failed", "wrong 0.00 %");
    }
}
