package dev.pawl.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.drill.rome.Act;
import dev.pawl.drill.rome.Acts;
import dev.pawl.drill.rome.RomeNamespace;
import dev.pawl.ledger.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, by its launcher; that it fails where Pawl does not hold; that an interrupted one leaves nothing. */
final class DemoIT {
    private static final long LIMIT_SECONDS = 120;
    private static final Path ROOT =
            Path.of(System.getProperty("pawl.root", ".")).toAbsolutePath().normalize();

    @TempDir
    private Path scratch;

    @Test
    void everyActWorksWithoutPawlAndNoneWithIt() throws IOException, InterruptedException {
        Process demo = start(List.of(ROOT.resolve("pawl").toString(), "demo", "--json"));
        List<JsonObject> lines = lines(demo);
        assertThat(lines).hasSize(Acts.all().size() + 1);
        for (int i = 0; i < lines.size() - 1; i++) {
            JsonObject line = lines.get(i);
            Act act = Acts.all().get(i);
            assertThat(line.text("act")).isEqualTo(act.id());
            assertThat(line.flag("honest")).isEqualTo(act.honest());
            assertThat(line.flag("works_without")).as(act.id()).isTrue();
            assertThat(line.flag("contained"))
                    .as(act.id() + ": " + line.text("by"))
                    .isTrue();
            assertThat(line.text("boundary")).as(act.id()).isEqualTo(act.boundary());
            assertThat(line.text("by")).as(act.id()).isNotEmpty().doesNotContain("nothing on the record");
            assertThat(line.text("process")).as(act.id()).matches("[a-z]+\\[[0-9]+\\]");
            assertThat(line.decimal("milliseconds").orElseThrow()).as(act.id()).isBetween(0.0, 10_000.0);
        }
        JsonObject summary = lines.getLast();
        assertThat(summary.flag("summary")).isTrue();
        assertThat(summary.texts("problems")).isEmpty();
        assertThat(summary.flag("holds")).isTrue();
        JsonObject stop = summary.object("stop").orElseThrow();
        assertThat(stop.integer("processes")).isGreaterThan(Kill.CHILDREN);
        assertThat(stop.integer("left")).isZero();
        assertThat(demo.exitValue()).isZero();
        assertThat(leftOf(demo)).isEmpty();
    }

    @Test
    void aCharterThatGrantsTheTunnelIsToldAsNotContained() throws IOException, InterruptedException {
        Path inner = Files.createDirectory(scratch.toRealPath().resolve("rehearsal"));
        Process rehearsal = start(RomeNamespace.command(
                scratch,
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GenerousMain.class.getName(),
                        ROOT.toString(),
                        inner.toString())));
        List<JsonObject> lines = lines(rehearsal);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).flag("contained")).isTrue();
        assertThat(lines.get(1).text("act")).isEqualTo("reverse-ssh");
        assertThat(lines.get(1).flag("contained")).isFalse();
        assertThat(lines.get(2).text("act")).isEqualTo("ssh-443");
        assertThat(lines.get(2).flag("contained")).isTrue();
        assertThat(lines.get(3).flag("holds")).isFalse();
        assertThat(lines.get(3).texts("problems")).singleElement().asString().startsWith("reverse-ssh: not contained");
        assertThat(rehearsal.exitValue()).isEqualTo(1);
    }

    @Test
    void anInterruptedOneLeavesNothing() throws IOException, InterruptedException {
        Process demo = start(List.of(ROOT.resolve("pawl").toString(), "demo"));
        // In the middle: the held run has begun.
        await(demo, "/home/runs/");
        List<ProcessHandle> inside = demo.descendants().toList();
        assertThat(inside).hasSizeGreaterThan(3);
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(demo.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(130);
        for (ProcessHandle process : inside) {
            assertThat(process.onExit().orTimeout(10, TimeUnit.SECONDS)).succeedsWithin(10, TimeUnit.SECONDS);
        }
        assertThat(leftOf(demo)).isEmpty();
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(scratch.resolve("out").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<JsonObject> lines(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(scratch.resolve("out")).stream()
                .map(line -> switch (JsonObject.parse(line.getBytes(StandardCharsets.UTF_8))) {
                    case JsonObject.Whole(JsonObject object) -> object;
                    case JsonObject.Malformed(String reason) -> throw new AssertionError(reason + ": " + line);
                })
                .toList();
    }

    /** Waits until something below the demo's scratch directory has this in its path. */
    private static void await(Process demo, String part) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < until) {
            for (Path directory : leftOf(demo)) {
                Path runs = Path.of(directory + part);
                if (Files.isDirectory(runs)) {
                    try (Stream<Path> found = Files.list(runs)) {
                        if (found.findAny().isPresent()) {
                            return;
                        }
                    }
                }
            }
            assertThat(demo.waitFor(20, TimeUnit.MILLISECONDS))
                    .as("the demo ended early")
                    .isFalse();
        }
        throw new AssertionError("no run began");
    }

    private static List<Path> leftOf(Process demo) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("pawl-demo-" + demo.pid() + "-"))
                    .toList();
        }
    }
}
