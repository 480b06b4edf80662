package dev.pawl.drill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installing, with a shell script in npm's place. The script finds its prefix as third argument. */
class InstallerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String GOOD = """
            mkdir -p "$3/node_modules/.bin"
            touch "$3/node_modules/.bin/tool"
            chmod 755 "$3/node_modules/.bin/tool"
            echo run >> "$(dirname "$0")/runs"
            """;

    @TempDir
    private Path directory;

    @Test
    void installsOnceAndThenUsesTheCache() throws IOException {
        Installation first = install(GOOD, LONG);
        Installation second = install(GOOD, LONG);
        assertThat(first)
                .isEqualTo(
                        new Installation.Ready(directory.resolve("cache/tool-1").toRealPath()));
        assertThat(second).isEqualTo(first);
        assertThat(Files.readAllLines(directory.resolve("runs"))).hasSize(1);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void namesWhyNpmFailed() throws IOException {
        Installation installation = install("echo 'npm error code ENOTFOUND'; exit 1", LONG);
        assertThat(installation)
                .isEqualTo(new Installation.LeftOut("npm install tool@1 failed: npm error code ENOTFOUND"));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void endsAnNpmThatHangs() throws IOException {
        Installation installation = install("sleep 60", Duration.ofMillis(200));
        assertThat(installation).isInstanceOf(Installation.LeftOut.class);
        assertThat(installation.toString()).contains("took longer");
    }

    @Test
    void doesNotTrustAnNpmThatInstallsNothing() throws IOException {
        assertThat(install("exit 0", LONG)).isEqualTo(new Installation.LeftOut("npm installed tool@1 without tool"));
    }

    @Test
    void livesWithoutNpm() {
        assertThat(new Installer(directory.resolve("absent").toString(), directory.resolve("cache"), LONG)
                        .install("tool@1", "tool-1", "tool"))
                .isEqualTo(new Installation.LeftOut("npm cannot be started"));
    }

    @Test
    void theCacheIsWhereTheEnvironmentSays() {
        assertThat(AgentKit.defaultCache(Map.of("HOME", "/home/a", "PAWL_AGENT_CACHE", "/b")))
                .isEqualTo(Path.of("/b"));
        assertThat(AgentKit.defaultCache(Map.of("HOME", "/home/a"))).isEqualTo(Path.of("/home/a/.cache/pawl-agents"));
    }

    private Installation install(String script, Duration limit) throws IOException {
        Path npm = Files.writeString(directory.resolve("npm"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Installer(npm.toString(), directory.resolve("cache"), limit).install("tool@1", "tool-1", "tool");
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("cache"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(".installing"))
                    .toList();
        }
    }
}
