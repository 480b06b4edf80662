package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.server.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs whose sockets do not block: while a person is asked everything else in them goes on. */
final class AskSocketsIT {
    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Asker asker = new Asker(launcher);
    private final Web web = new Web("127.0.0.1", 0, "the world");

    AskSocketsIT() throws IOException {}

    /** Event loops of the runtimes that agents are written in. */
    enum EventLoop {
        NODE("loop.mjs") {
            @Override
            List<String> command(Launcher launcher, Path work) {
                return on("/usr/bin/node", "loop.mjs");
            }
        },
        BUN("loop.mjs") {
            @Override
            List<String> command(Launcher launcher, Path work) throws IOException {
                Path bun = FromNpm.bun(launcher);
                return copied(bun, work) ? on("./bun", "loop.mjs") : List.of();
            }
        },
        PYTHON("loop.py") {
            @Override
            List<String> command(Launcher launcher, Path work) {
                return on(Launcher.PYTHON, "loop.py");
            }
        },
        JAVA("Loop.java") {
            @Override
            List<String> command(Launcher launcher, Path work) {
                return on(System.getProperty("java.home") + "/bin/java", "-Xint", "Loop.java");
            }
        },
        GO("loop.go") {
            @Override
            List<String> command(Launcher launcher, Path work) throws IOException {
                return built(launcher, work, "go", "build", "-o", "loop", "loop.go");
            }
        },
        RUST("loop.rs") {
            @Override
            List<String> command(Launcher launcher, Path work) throws IOException {
                return built(launcher, work, "rustc", "-o", "loop", "loop.rs");
            }
        };

        private final String source;

        EventLoop(String source) {
            this.source = source;
        }

        /** What to run in the workspace; nothing where the runtime is missing. */
        abstract List<String> command(Launcher launcher, Path work) throws IOException;

        private static List<String> on(String program, String... words) {
            return Stream.concat(Stream.of(program), Stream.of(words)).toList();
        }

        private static boolean copied(Path program, Path work) throws IOException {
            if (Files.exists(program)) {
                Files.copy(program, work.resolve("bun"));
            }
            return Files.exists(program);
        }

        private static List<String> built(Launcher launcher, Path work, String... compiler) throws IOException {
            Optional<Path> found = Stream.of(System.getenv("PATH").split(":"))
                    .map(directory -> Path.of(directory, compiler[0]))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (found.isEmpty()) {
                return List.of();
            }
            Ended ended = launcher.program(
                            Launcher.NOTHING,
                            work,
                            Stream.concat(
                                            Stream.of("/usr/bin/env", "GOCACHE=" + work.resolveSibling("go-cache")),
                                            Stream.of(compiler))
                                    .toList())
                    .ended();
            assertThat(ended.code()).as(ended.toString()).isZero();
            return List.of("./loop");
        }
    }

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        asker = new Asker(launcher);
    }

    @AfterEach
    void close() {
        launcher.close();
        web.close();
    }

    @ParameterizedTest
    @EnumSource
    void isHeldAndReleased(EventLoop loop) throws IOException {
        Started run = started(loop, "yes");
        Questions.Listed question = asker.question("yes");
        goesOn(run);
        assertThat(web.requests()).isZero();
        assertThat(asker.approve(question, "run").code()).isZero();
        Ended ended = run.ended();
        assertThat(ended.out()).as(ended.toString()).contains("200 the world");
        assertThat(ended.err()).containsOnlyOnce("asks to connect");
    }

    @ParameterizedTest
    @EnumSource
    void isHeldAndRefused(EventLoop loop) throws IOException {
        Started run = started(loop, "no");
        Questions.Listed question = asker.question("no");
        goesOn(run);
        assertThat(asker.refuse(question, "no").code()).isZero();
        Ended ended = run.ended();
        assertThat(ended.out()).as(ended.toString()).contains("403").doesNotContain("the world");
        assertThat(web.requests()).isZero();
    }

    private Started started(EventLoop loop, String agent) throws IOException {
        Path work = launcher.workspace(agent);
        Files.copy(Launcher.script("loops/" + loop.source), work.resolve(loop.source));
        List<String> command = loop.command(launcher, work);
        assumeThat(command).as(loop + " is not installed").isNotEmpty();
        Path charter = launcher.charter(agent, work, web.asks("deploy.example"));
        return launcher.run(charter, work, command.toArray(String[]::new));
    }

    private static void goesOn(Started run) {
        long before = ticks(run);
        Started.until("it goes on while it is asked about", () -> ticks(run) > before + 3);
    }

    private static long ticks(Started run) {
        return run.out().lines().filter(line -> line.equals("tick")).count();
    }
}
