package dev.pawl.server;

import dev.pawl.core.Charter;
import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.ledger.JsonOut;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a run from outside: the content of its {@code run.json}.
 *
 * @param owner name of whoever answers for the agent
 * @param supervisor the process of Pawl that holds the run
 * @param sandbox the first process of the sandbox, seen outside; absent until it started
 * @param workspace absolute path
 * @param charter where the charter came from: a file path or {@code built-in}
 */
public record RunFacts(
        String run,
        String agent,
        String owner,
        String purpose,
        List<String> command,
        Instant started,
        Held supervisor,
        Optional<Held> sandbox,
        String workspace,
        String charter) {
    /** A process that cannot be mistaken for a later one of the same pid. {@code start} as in {@link ProcStat}. */
    public record Held(int pid, long start) {
        /** The process with this pid now; empty if there is none. */
        public static Optional<Held> of(int pid) {
            return ProcStat.read(pid).map(stat -> new Held(pid, stat.start()));
        }

        /** Whether it runs no code any more. */
        public boolean gone() {
            return ProcStat.gone(pid, start);
        }
    }

    public RunFacts {
        command = List.copyOf(command);
    }

    /** A run that begins now, held by this process. */
    public static RunFacts begun(String run, Charter charter, List<String> command, Instant now) throws IOException {
        return new RunFacts(
                run,
                charter.agent(),
                charter.owner().name(),
                charter.purpose(),
                command,
                now,
                Held.of((int) ProcessHandle.current().pid())
                        .orElseThrow(() -> new IOException("/proc does not show this process")),
                Optional.empty(),
                charter.workspace().toString(),
                charter.source());
    }

    /** The same run once its sandbox started. */
    public RunFacts withSandbox(Held process) {
        return new RunFacts(
                run, agent, owner, purpose, command, started, supervisor, Optional.of(process), workspace, charter);
    }

    byte[] json() {
        JsonOut out = new JsonOut()
                .text("run", run)
                .text("agent", agent)
                .text("owner", owner)
                .text("purpose", purpose)
                .texts("command", command)
                .text("started", started.toString())
                .number("supervisor_pid", supervisor.pid)
                .number("supervisor_start", supervisor.start)
                .text("workspace", workspace)
                .text("charter", charter);
        sandbox.ifPresent(held -> out.number("sandbox_pid", held.pid).number("sandbox_start", held.start));
        return out.line();
    }

    static RunFacts parse(byte[] json) throws IOException {
        return switch (JsonObject.parse(json)) {
            case JsonObject.Malformed(String reason) -> throw new IOException("run.json: " + reason);
            case JsonObject.Whole(JsonObject facts) -> {
                try {
                    yield of(facts);
                } catch (JsonFault | DateTimeException e) {
                    throw new IOException("run.json: " + e.getMessage(), e);
                }
            }
        };
    }

    private static RunFacts of(JsonObject facts) {
        return new RunFacts(
                facts.text("run"),
                facts.text("agent"),
                facts.text("owner"),
                facts.text("purpose"),
                facts.texts("command"),
                Instant.parse(facts.text("started")),
                new Held(facts.integer("supervisor_pid"), facts.number("supervisor_start")),
                facts.has("sandbox_pid")
                        ? Optional.of(new Held(facts.integer("sandbox_pid"), facts.number("sandbox_start")))
                        : Optional.empty(),
                facts.text("workspace"),
                facts.text("charter"));
    }
}
