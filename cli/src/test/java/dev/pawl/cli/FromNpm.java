package dev.pawl.cli;

import dev.pawl.drill.agent.AgentKit;
import dev.pawl.drill.agent.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Programs from npm, installed once for all tests of the machine. What npm cannot deliver is left out by name. */
final class FromNpm {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private FromNpm() {}

    /** Where an agent is installed; without it the test that asks is left out. */
    static Path agent(AgentKit kit) throws IOException {
        return switch (kit.install(AgentKit.defaultCache(System.getenv()), LIMIT)) {
            case Installation.Ready(Path root) -> root;
            case Installation.LeftOut(String reason) -> throw new TestAbortedException(reason);
        };
    }

    /** Where Bun is, if npm delivered it. */
    static Path bun(Launcher launcher) throws IOException {
        return module(launcher, "@oven/bun-linux-x64").resolve("bin/bun");
    }

    /** Where the files of a package are, if npm delivered it. */
    static Path module(Launcher launcher, String name) throws IOException {
        Path folder = folder(name);
        Path module = folder.resolve("node_modules").resolve(name);
        if (!Files.exists(module)) {
            Files.createDirectories(folder);
            launcher.program(Launcher.NOTHING, folder, List.of("/usr/bin/env", "npm", "install", "--prefix", ".", name))
                    .ended();
        }
        return module;
    }

    /** Where a package and all that it needs are installed. */
    static Path folder(String name) {
        String plain = name.replaceAll("[^a-z0-9]+", "-");
        return Path.of(System.getProperty("java.io.tmpdir"), "pawl-test" + plain);
    }
}
