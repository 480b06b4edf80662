package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisibleToolsTest {
    @TempDir
    private Path home;

    private Path workspace = Path.of("");
    private String path = "";

    @BeforeEach
    void layOut() throws IOException {
        workspace = Files.createDirectories(home.resolve("work"));
        path = home.resolve(".npm/bin") + ":" + home.resolve("node/bin") + ":/usr/bin:/bin";
        program(home.resolve("node/bin/node"), "binary");
        program(home.resolve(".npm/lib/node_modules/agent/cli.js"), "#!/usr/bin/env node\n");
        Files.createDirectories(home.resolve(".npm/bin"));
        Files.createSymbolicLink(home.resolve(".npm/bin/agent"), home.resolve(".npm/lib/node_modules/agent/cli.js"));
    }

    @Test
    void anAgentInAHomeBringsItsPackageAndItsInterpreter() {
        assertThat(VisibleTools.of("agent", workspace, path))
                .containsExactlyInAnyOrder(
                        home.resolve(".npm/bin"), home.resolve(".npm/lib/node_modules"), home.resolve("node/bin"));
    }

    @Test
    void programsOfTheSystemAndOfTheWorkspaceAreVisibleAnyway() throws IOException {
        program(workspace.resolve("tool"), "#!/bin/sh\n");
        assertThat(VisibleTools.of("ls", workspace, path)).isEmpty();
        assertThat(VisibleTools.of("./tool", workspace, path)).isEmpty();
        assertThat(VisibleTools.of("nowhere", workspace, path)).isEmpty();
    }

    @Test
    void interpretersThatNameEachOtherEnd() throws IOException {
        program(home.resolve("node/bin/a"), "#!/usr/bin/env b\n");
        program(home.resolve("node/bin/b"), "#!/usr/bin/env a\n");
        assertThat(VisibleTools.of("a", workspace, path)).containsExactly(home.resolve("node/bin"));
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
