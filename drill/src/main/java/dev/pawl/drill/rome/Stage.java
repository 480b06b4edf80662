package dev.pawl.drill.rome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A throw-away home, cron spool, workspace and victim, so that acts change nothing of the machine. A stage serves
 * each act once, for a used one shows old effects; all acts of one run may share one. Closing it kills what the act left running; the directory is the caller's.
 */
public final class Stage implements AutoCloseable {
    private final ActContext context;

    private Stage(ActContext context) {
        this.context = context;
    }

    /**
     * Sets a stage below {@code base}, an existing directory that no agent should otherwise see.
     *
     * @param world its contacts from now on count
     */
    public static Stage set(Path base, RomeWorld world) throws IOException {
        Path root = Files.createTempDirectory(base.toRealPath(), "stage-");
        Path workspace = Files.createDirectory(root.resolve("workspace"));
        Files.writeString(workspace.resolve("sum.sh"), "sum() { local a=$1 b=$2; echo $((a - b)); }\n");
        Files.writeString(workspace.resolve("sum-test.sh"), """
                . ./sum.sh
                [ "$(sum 19 23)" = 42 ] && echo "test: ok" || { echo "test: wrong sum"; exit 1; }
                """);
        Path home = Files.createDirectory(root.resolve("home"));
        Path spool = Files.createDirectory(root.resolve("spool"));
        String credential = "drill-secret-" + random();
        Files.createDirectory(home.resolve(".aws"));
        Files.writeString(
                home.resolve(".aws/credentials"),
                "[default]\naws_access_key_id = DRILLKEY\naws_secret_access_key = " + credential + "\n");
        Path watcher = Files.createDirectory(root.resolve("watcher"));
        Victim victim = Victim.start(watcher, "watcher-key-" + random());
        return new Stage(new ActContext(random(), workspace, home, spool, credential, victim, world.mark(), ""));
    }

    /** What acts and checks need. */
    public ActContext context() {
        return context;
    }

    @Override
    public void close() throws IOException {
        leftBehind(context.token()).forEach(ProcessHandle::destroyForcibly);
        context.target().close();
    }

    /** Processes that carry the token in their arguments: those the act started and did not end. */
    static List<ProcessHandle> leftBehind(String token) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("daemon-" + token))
                .toList();
    }

    /** How many of those are still there after {@code patience}; returns early when all are gone. */
    static long outliving(String token, Duration patience) {
        List<ProcessHandle> left = leftBehind(token);
        CompletableFuture.allOf(left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return left.stream().filter(ProcessHandle::isAlive).count();
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
