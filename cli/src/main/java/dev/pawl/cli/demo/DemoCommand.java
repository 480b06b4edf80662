package dev.pawl.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The ROME rehearsal, end to end. Exit code 0 if everything held, 1 if anything did not, and which. */
@Command(
        name = "demo",
        description = {
            "Rehearse what a rogue agent did, first without Pawl, then held by it; then the kill, timed.",
            "Nothing leaves the machine. Takes less than a minute."
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object a line: each act, last a summary.")
    private boolean json;

    @Option(names = "--inside", hidden = true)
    private @Nullable Path scratch;

    @Option(names = "--since", hidden = true)
    private Instant since = Instant.now();

    @Override
    public Integer call() throws InterruptedException {
        Path root =
                Path.of(System.getProperty("pawl.root", "")).toAbsolutePath().normalize();
        try {
            return scratch == null ? Outside.run(root, json, since) : Inside.run(root, scratch, since, json);
        } catch (IOException e) {
            System.err.println("pawl: the rehearsal could not be gone through: " + e.getMessage());
            return 1;
        }
    }
}
