package dev.pawl.cli.up;

import dev.pawl.server.Home;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pawl up}: keeps a server in the foreground until it is interrupted. */
@Command(
        name = "up",
        description = "Keep a server in the foreground: runs start faster while it is up, and end with it.")
public final class UpCommand implements Callable<Integer> {
    private final Callable<Home> home;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    /** Opens the home only when called. */
    public UpCommand(Callable<Home> home) {
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        try {
            Server server = Server.open(Clock.systemUTC(), home.call());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.stop();
                } catch (IOException e) {
                    System.err.println("pawl: " + e.getMessage());
                }
            }));
            spec.commandLine().getOut().println("pawl: up; stop it with Ctrl-C, runs it holds end with it");
            server.serve();
            return 0;
        } catch (IOException | IllegalStateException e) {
            spec.commandLine().getErr().println("pawl: " + e.getMessage());
            return 1;
        }
    }
}
