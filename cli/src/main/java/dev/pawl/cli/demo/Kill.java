package dev.pawl.cli.demo;

import dev.pawl.drill.rome.RomeWorld;
import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A second agent, which does everything not to end, and {@code pawl stop} from outside. */
final class Kill {
    static final int CHILDREN = 200;
    private static final String AGENT = "stubborn";
    private static final long LIMIT_SECONDS = 30;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Kill() {}

    /** Starts the agent, waits until all of it lives, stops it, and looks for what is left. */
    static KillReport run(Path scratch, Launcher pawl, String mark) throws IOException, InterruptedException {
        Path workspace = Files.createDirectory(scratch.resolve("stubborn-work"));
        Files.writeString(workspace.resolve("stubborn.pl"), Texts.resource("stubborn.pl"));
        Path charter = Files.writeString(
                scratch.resolve("stubborn.yaml"), CharterFor.agent(AGENT, workspace, "50s", List.of()));
        Path out = scratch.resolve("stubborn.out");
        Path err = scratch.resolve("stubborn.err");
        Process agent = pawl.start(
                workspace,
                out,
                err,
                List.of(
                        "run",
                        "--charter",
                        charter.toString(),
                        "--",
                        "env",
                        "PAWL_DRILL_GRANTED=" + RomeWorld.GRANTED_HOST,
                        "perl",
                        "stubborn.pl",
                        String.valueOf(CHILDREN),
                        mark));
        try {
            if (!ready(agent, out)) {
                return KillReport.failed("the agent to be stopped did not come up: " + Texts.lastLine(err));
            }
            List<ProcessHandle> before = marked(mark);
            if (before.size() <= CHILDREN) {
                return KillReport.failed("only " + before.size() + " processes of the agent came up");
            }
            return stop(scratch, pawl, workspace, mark, before);
        } finally {
            if (!agent.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                agent.destroyForcibly().waitFor();
            }
        }
    }

    private static KillReport stop(Path scratch, Launcher pawl, Path workspace, String mark, List<ProcessHandle> before)
            throws IOException, InterruptedException {
        Path out = scratch.resolve("stop.out");
        Path err = scratch.resolve("stop.err");
        Process stop = pawl.start(workspace, out, err, List.of("stop", "--json", AGENT));
        if (!stop.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            stop.destroyForcibly();
            return KillReport.failed("pawl stop did not return in " + LIMIT_SECONDS + " s");
        }
        // Looked for at once: what pawl stop calls gone is gone when it returns.
        List<ProcessHandle> left = new ArrayList<>(marked(mark));
        before.stream()
                .filter(process -> process.isAlive() && !left.contains(process))
                .forEach(left::add);
        String problem =
                stop.exitValue() == 0 ? "" : "pawl stop ended with " + stop.exitValue() + ": " + Texts.lastLine(err);
        return parse(Texts.head(out), before.size(), left.size(), problem);
    }

    /** Reads the line that {@code pawl stop --json} printed. */
    static KillReport parse(String line, int before, int left, String problem) {
        return switch (JsonObject.parse(line.strip().getBytes(StandardCharsets.UTF_8))) {
            case JsonObject.Malformed(String reason) ->
                KillReport.failed(problem.isEmpty() ? "pawl stop printed no report: " + reason : problem);
            case JsonObject.Whole(JsonObject report) -> {
                try {
                    String how = report.text("how");
                    yield new KillReport(
                            before,
                            report.decimal("flows_ms").orElse(0.0),
                            report.decimal("killed_ms").orElse(0.0),
                            report.decimal("verified_ms").orElse(0.0),
                            left + report.integers("left").size(),
                            problem.isEmpty() && !how.equals("asked")
                                    ? "the run did not stop by itself: " + how
                                    : problem);
                } catch (JsonFault e) {
                    yield KillReport.failed("pawl stop printed another report: " + e.getMessage());
                }
            }
        };
    }

    private static boolean ready(Process agent, Path out) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (agent.isAlive() && System.nanoTime() < until) {
            if (Texts.head(out).contains("ready\n")) {
                return true;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return false;
    }

    /** Perl processes with the mark: the agent and its children, not Pawl, whose arguments carry it too. */
    private static List<ProcessHandle> marked(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().commandLine().orElse("").contains("stubborn.pl " + CHILDREN + " " + mark))
                .filter(process -> process.info().command().orElse("perl").contains("perl"))
                .toList();
    }
}
