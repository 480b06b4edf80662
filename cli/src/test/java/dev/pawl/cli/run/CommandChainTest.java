package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.CommandGrant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandChainTest {
    @TempDir
    private Path given;

    private Path base = Path.of("");
    private Path work = Path.of("");
    private CommandSearch search = new CommandSearch(base, "");

    @BeforeEach
    void layOut() throws IOException {
        base = given.toRealPath();
        work = Files.createDirectory(base.resolve("work"));
        search = new CommandSearch(work, base.resolve("bin") + ":" + base.resolve("node/bin") + ":/usr/bin:/bin");
        Path machine = program("node/bin/node", "");
        Files.write(machine, machineCode());
        program("lib/cli.js", "#!/usr/bin/env -S node --flag\n");
        Files.createDirectories(base.resolve("bin"));
        Files.createSymbolicLink(base.resolve("bin/agent"), base.resolve("lib/cli.js"));
    }

    @Test
    void everyMissingLineIsSaidAtOnce() {
        assertThatThrownBy(() -> require("agent"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("what is missing under `commands:`\n  - program: " + base.resolve("lib/cli.js")
                        + "\n  - program: " + base.resolve("node/bin/node"));
        assertThatThrownBy(() -> require("agent", "lib/cli.js"))
                .hasMessageEndingWith("`commands:`\n  - program: " + base.resolve("node/bin/node"));
        assertThatCode(() -> require("agent", "lib/cli.js", "node/bin/node")).doesNotThrowAnyException();
    }

    @Test
    void anInterpreterTheKernelStartsNeedsNoGrant() throws IOException {
        program("bin/direct", "#!/bin/sh -e\n");
        assertThatThrownBy(() -> require("direct")).hasMessageEndingWith("- program: " + base.resolve("bin/direct"));
        assertThatCode(() -> require("direct", "bin/direct")).doesNotThrowAnyException();
    }

    @Test
    void aScriptWithoutFirstLineNeedsTheShell() throws IOException {
        program("bin/bare", "echo\n");
        String shell = Path.of("/bin/sh").toRealPath().getFileName().toString();
        assertThatThrownBy(() -> require("bare", "bin/bare")).hasMessageEndingWith("  - program: " + shell);
    }

    @Test
    void aProgramOfTheSystemIsSaidByItsName() {
        assertThatThrownBy(() -> require("/usr/bin/env")).hasMessageEndingWith("\n  - program: env");
    }

    @Test
    void aProgramTheAgentMayWriteCannotBeGranted() throws IOException {
        program("work/agent.py", "#!/usr/bin/env node\n");
        assertThatThrownBy(() -> require("./agent.py"))
                .hasMessageContaining(work.resolve("agent.py") + " lies where the agent may change it")
                .hasMessageContaining("order its interpreter");
    }

    @Test
    void whatIsNotThereIsLeftToTheRun() {
        assertThatCode(() -> require("nowhere")).doesNotThrowAnyException();
        assertThatCode(() -> require("/etc")).doesNotThrowAnyException();
    }

    /** Whoever is asked may say yes, so the command can start; its start is what she is asked about. */
    @Test
    void aGrantThatAsksIsOne() {
        List<CommandGrant> grants = Stream.of("lib/cli.js", "node/bin/node")
                .map(name -> new CommandGrant(name, base.resolve(name), List.of(), Optional.of("why")))
                .toList();
        assertThatCode(() -> CommandChain.require("agent", search, grants, List.of(work)))
                .doesNotThrowAnyException();
    }

    private void require(String command, String... granted) throws IOException {
        List<CommandGrant> grants = Arrays.stream(granted)
                .map(name -> new CommandGrant(name, base.resolve(name), List.of()))
                .toList();
        CommandChain.require(command, search, grants, List.of(work));
    }

    /** An ELF header of a static program. */
    private static byte[] machineCode() {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        return bytes.putShort(54, (short) 56).array();
    }

    private Path program(String name, String text) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
