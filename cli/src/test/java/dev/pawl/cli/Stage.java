package dev.pawl.cli;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.server.ControlServer;
import dev.pawl.server.Home;
import dev.pawl.server.ProcStat;
import dev.pawl.server.RunDirectory;
import dev.pawl.server.RunFacts;
import dev.pawl.server.approvals.Approvals;
import dev.pawl.server.approvals.Backing;
import dev.pawl.server.approvals.Question;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A home with runs in it, and commands that print into memory. */
final class Stage implements Closeable {
    static final String CHARTER = "agent: fixer\nnetwork:\n  allow:\n    - host: a.example\n";
    private static final Instant STARTED = Instant.parse("2026-11-22T05:00:00Z");

    final Home home;
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    private final List<ControlServer> servers = new ArrayList<>();

    Stage(Path directory) throws IOException {
        home = Home.open(directory.resolve("home"));
    }

    /** A run whose supervisor is this process, or is gone. */
    RunDirectory run(String run, String agent, boolean supervised) throws IOException {
        ProcStat self = ProcStat.self();
        return RunDirectory.create(
                home,
                new RunFacts(
                        run,
                        agent,
                        "Ada",
                        "fix",
                        List.of("sh"),
                        STARTED,
                        new RunFacts.Held(self.pid(), supervised ? self.start() : self.start() - 1),
                        Optional.empty(),
                        "/work",
                        "built-in"),
                CHARTER);
    }

    FakeRun serve(RunDirectory directory) throws IOException {
        FakeRun run = new FakeRun();
        serve(directory, run, new Approvals(new Question.About("fixer", "r-1", "Ada", "fix"), new Asked(), clock()));
        return run;
    }

    /** Serves a run with these questions. */
    void serve(RunDirectory directory, FakeRun run, Approvals approvals) throws IOException {
        servers.add(ControlServer.start(directory.control(), run, approvals));
    }

    /** A run that any user may answer. */
    static class Asked implements Backing {
        @Override
        public Duration patience() {
            return Duration.ofMinutes(5);
        }

        @Override
        public boolean mayAnswer(String user) {
            return true;
        }

        @Override
        public String approvers() {
            return "everybody";
        }

        @Override
        public String near(Attempt attempt) {
            return "";
        }

        @Override
        public Optional<String> line(Attempt attempt) {
            return Optional.of("commands:\n  - program: /usr/bin/deploy");
        }

        @Override
        public boolean frozen() {
            return false;
        }

        @Override
        public boolean ending() {
            return false;
        }
    }

    static Event event(String id, @Nullable String cause, Body body, @Nullable Decision decision) {
        ProcessInfo ssh = new ProcessInfo(41, 40, "/usr/bin/ssh", List.of("ssh", "-R", "\u001b[2J"), "/w", "dev");
        return new Event(id, STARTED, "fixer", "r-aaaaaaaa", cause, ssh, body, decision);
    }

    /** Runs one command with its arguments; what it printed is in {@link #out} and {@link #err}. */
    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commands = new CommandLine(
                        CommandLine.Model.CommandSpec.create().name("pawl"))
                .addSubcommand(new PsCommand(() -> home, clock()))
                .addSubcommand(new EventsCommand(() -> home))
                .addSubcommand(new ExplainCommand(() -> home))
                .addSubcommand("ledger", LedgerCommand.line(() -> home))
                .addSubcommand(new ApprovalsCommand(() -> home))
                .addSubcommand(new ApproveCommand(() -> home))
                .addSubcommand(new RefuseCommand(() -> home))
                .addSubcommand(new StopCommand(() -> home))
                .addSubcommand(new FreezeCommand(() -> home))
                .addSubcommand(new ResumeCommand(() -> home))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }

    static Clock clock() {
        return Clock.fixed(STARTED.plusSeconds(65), ZoneOffset.UTC);
    }

    @Override
    public void close() throws IOException {
        for (ControlServer server : servers) {
            server.close();
        }
    }
}
