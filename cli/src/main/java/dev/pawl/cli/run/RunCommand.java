package dev.pawl.cli.run;

import dev.pawl.gateway.GatewayLoops;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.BundleSource;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.sandbox.Blueprint;
import dev.pawl.sandbox.Prepared;
import dev.pawl.sandbox.Stdio;
import dev.pawl.server.Home;
import dev.pawl.server.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** {@code pawl run}: holds one agent in this process. */
public final class RunCommand {
    /** Pawl itself could not do it, as of env(1) and its like. */
    private static final int FAILED = 125;

    private RunCommand() {}

    /** Runs to the end, elsewhere if that is possible; the exit code is the agent's, or 125 with a reason on standard error. */
    public static int run(List<String> words, Elsewhere client) {
        try {
            RunRequest request = RunRequest.parse(words, Path.of("").toAbsolutePath(), System.getenv());
            Surroundings surroundings = Surroundings.current();
            OptionalInt served = client.run(request, surroundings.pawlHome());
            if (served.isPresent()) {
                return served.getAsInt();
            }
            LivePolicy policy = policy(request, surroundings);
            return here(request, policy, surroundings, blueprint(policy, request, surroundings), _ -> {});
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            System.err.println("pawl: " + e.getMessage());
            return FAILED;
        }
    }

    /**
     * Holds a run in this process, with this process's streams, to its end.
     *
     * @param opened told where the record is, before the agent starts
     * @return the agent's exit code
     */
    public static int here(
            RunRequest request,
            LivePolicy policy,
            Surroundings surroundings,
            Blueprint blueprint,
            Consumer<RunDirectory> opened)
            throws IOException {
        Home home = Home.open(surroundings.pawlHome());
        Prepared prepared = Prepared.begin(blueprint, home.spool());
        String user = surroundings.user();
        try (Ledger ledger = Ledger.open(home.root())) {
            Stdio stdio = new Stdio(0, 1, 2);
            Runtime.getRuntime().addShutdownHook(new Thread(stdio::restore));
            HeldRun run = new HeldRun(Clock.systemUTC(), home, ledger, new GatewayLoops(), System.err::println, opened);
            return run.hold(request, policy, user, prepared, stdio, sandbox -> Signals.forward(sandbox::signal));
        } finally {
            prepared.discard();
        }
    }

    /** Another process that may take a run over. */
    @FunctionalInterface
    public interface Elsewhere {
        /** The exit code, or empty if the run has to be held here. */
        OptionalInt run(RunRequest request, Path pawlHome) throws IOException;
    }

    /**
     * What the sandbox of a request looks like.
     *
     * @throws IOException also if its policy denies to show something of it
     */
    public static Blueprint blueprint(LivePolicy policy, RunRequest request, Surroundings surroundings)
            throws IOException {
        PolicyBundle bundle = policy.bundle();
        Blueprint blueprint =
                Blueprints.of(bundle, request, surroundings.user(), surroundings.home(), Installation.current());
        Mounts.require(policy, bundle.charter(), blueprint);
        return blueprint;
    }

    /** What decides a request, now and whenever its files change: with its charter's file, or the built-in one. */
    public static LivePolicy policy(RunRequest request, Surroundings surroundings) throws IOException {
        try {
            return new LivePolicy(new BundleSource(request.charter(), surroundings), Thread::sleep);
        } catch (CharterException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
