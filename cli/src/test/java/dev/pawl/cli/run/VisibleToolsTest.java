package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
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
        assertThat(VisibleTools.of("agent", List.of(workspace), search(), false).read())
                .containsExactlyInAnyOrder(
                        home.resolve(".npm/bin"), home.resolve(".npm/lib/node_modules"), home.resolve("node/bin"));
    }

    @Test
    void programsOfTheSystemAndOfTheWorkspaceAreVisibleAnyway() throws IOException {
        program(workspace.resolve("tool"), "#!/bin/sh\n");
        assertThat(VisibleTools.of("ls", List.of(workspace), search(), false).read())
                .isEmpty();
        assertThat(VisibleTools.of("./tool", List.of(workspace), search(), false)
                        .read())
                .isEmpty();
        assertThat(VisibleTools.of("nowhere", List.of(workspace), search(), false)
                        .read())
                .isEmpty();
    }

    @Test
    void whatAnAgentLeftInItsWorkspaceShowsNothing() throws IOException {
        program(home.resolve("secret/bin/tool"), "binary");
        program(workspace.resolve("script"), "#!/usr/bin/env -S -u " + home.resolve("secret/bin") + " bash\n");
        program(workspace.resolve("direct"), "#!" + home.resolve("secret/bin/tool") + "\n");
        Files.createSymbolicLink(workspace.resolve("link"), home.resolve("secret/bin/tool"));
        Files.createSymbolicLink(workspace.resolve("linked"), home.resolve("secret/bin"));
        for (String command : List.of("./script", "./direct", "./link", "./linked/tool")) {
            assertThat(VisibleTools.of(command, List.of(workspace), search(), false)
                            .read())
                    .as(command)
                    .isEmpty();
        }
    }

    @Test
    void aDirectoryIsNoProgramAndAFileAloneBringsNoNeighbours() throws IOException {
        program(home.resolve("tools/alone"), "binary");
        program(home.resolve("tools/script"), "#!" + home.resolve("tools") + "\n");
        assertThat(VisibleTools.of(home + "/tools/alone", List.of(workspace), search(), false)
                        .read())
                .containsExactly(home.resolve("tools/alone"));
        assertThat(VisibleTools.of(home + "/tools/script", List.of(workspace), search(), false)
                        .read())
                .containsExactly(home.resolve("tools/script"));
        assertThat(VisibleTools.of("/etc", List.of(workspace), search(), false).read())
                .isEmpty();
    }

    @Test
    void interpretersThatNameEachOtherEnd() throws IOException {
        program(home.resolve("node/bin/a"), "#!/usr/bin/env b\n");
        program(home.resolve("node/bin/b"), "#!/usr/bin/env a\n");
        assertThat(VisibleTools.of("a", List.of(workspace), search(), false).read())
                .containsExactly(home.resolve("node/bin"));
    }

    @Test
    void whereProgramsAreNamedNoNeighbourIsShown() {
        VisibleTools.Shown shown = VisibleTools.of("agent", List.of(workspace), search(), true);
        assertThat(shown.read())
                .containsExactlyInAnyOrder(home.resolve(".npm/lib/node_modules"), home.resolve("node/bin/node"));
        assertThat(shown.links())
                .containsOnly(
                        Map.entry(home.resolve(".npm/bin/agent"), home.resolve(".npm/lib/node_modules/agent/cli.js")));
    }

    private CommandSearch search() {
        return new CommandSearch(workspace, path);
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
