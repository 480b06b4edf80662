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
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "pawl-test-bun");
        Path bun = cache.resolve("node_modules/@oven/bun-linux-x64/bin/bun");
        if (!Files.exists(bun)) {
            Files.createDirectories(cache);
            launcher.program(
                            Launcher.NOTHING,
                            cache,
                            List.of("/usr/bin/env", "npm", "install", "--prefix", ".", "@oven/bun-linux-x64"))
                    .ended();
        }
        return bun;
    }
}
