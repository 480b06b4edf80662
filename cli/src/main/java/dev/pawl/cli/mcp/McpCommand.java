package dev.pawl.cli.mcp;

import dev.pawl.core.ToolGrants;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.BundleSource;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.server.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** {@code pawl mcp}: started by an agent in a server's place, and starts the server. */
public final class McpCommand {
    /** Pawl itself could not do it, as of env(1) and its like. */
    private static final int FAILED = 125;

    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";

    private McpCommand() {}

    /** Runs until the agent or the server ends; the exit code is the server's, or 125 with a reason on standard error. */
    public static int run(List<String> words) {
        try {
            McpRequest request = McpRequest.parse(words, Path.of("").toAbsolutePath());
            Surroundings surroundings = Surroundings.current();
            LivePolicy policy = new LivePolicy(new BundleSource(request.charter(), surroundings), Thread::sleep);
            String name = name(request, policy.bundle().charter().tools());
            Home home = Home.open(surroundings.pawlHome());
            try (Ledger ledger = Ledger.open(home.root())) {
                return new ToolRun(Clock.systemUTC(), home, ledger, System.err::println)
                        .hold(request, name, policy, surroundings.user());
            }
        } catch (IOException | CharterException | IllegalArgumentException | IllegalStateException e) {
            System.err.println("pawl: " + e.getMessage());
            return FAILED;
        }
    }

    /** Never guessed from the command: under another name other rules hold. */
    private static String name(McpRequest request, ToolGrants tools) {
        List<String> known = Stream.concat(
                        tools.allow().stream().map(ToolGrants.Grant::server),
                        tools.deny().stream().map(ToolGrants.Refusal::server))
                .distinct()
                .toList();
        String name = request.name().orElseGet(() -> known.size() == 1 ? known.getFirst() : "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("which of the charter's servers is it? --name NAME"
                    + (known.isEmpty() ? "; it names none" : ", with one of " + String.join(", ", known)));
        }
        if (!name.matches(NAME) || name.equals("model")) {
            throw new IllegalArgumentException("--name takes 1 to 64 of a-z, 0-9, dot, _ and -");
        }
        return name;
    }
}
