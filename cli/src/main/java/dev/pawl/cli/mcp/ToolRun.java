package dev.pawl.cli.mcp;

import dev.pawl.cli.run.Approvers;
import dev.pawl.cli.run.PinAsks;
import dev.pawl.cli.run.PinFiles;
import dev.pawl.cli.run.RunBacking;
import dev.pawl.cli.view.Summary;
import dev.pawl.core.Body;
import dev.pawl.core.Charter;
import dev.pawl.core.RunControl;
import dev.pawl.core.ToolGrants;
import dev.pawl.core.Ulid;
import dev.pawl.gateway.leak.LeakDesk;
import dev.pawl.gateway.mcp.Session;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.NextStep;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.server.Backlog;
import dev.pawl.server.ControlServer;
import dev.pawl.server.Home;
import dev.pawl.server.Lineage;
import dev.pawl.server.RunDirectory;
import dev.pawl.server.RunFacts;
import dev.pawl.server.RunIds;
import dev.pawl.server.RunMonitor;
import dev.pawl.server.approvals.Approvals;
import dev.pawl.server.approvals.Question;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One server of tools behind a charter, from its start to its end: a run like that of an agent, but for the sandbox. The agent
 * writes to this process and never to the server.
 */
final class ToolRun {
    /** How long a server may take to end once its input has. */
    private static final int PATIENCE_SECONDS = 5;

    private final Clock clock;
    private final Home home;
    private final Ledger ledger;
    private final Consumer<String> toPerson;

    ToolRun(Clock clock, Home home, Ledger ledger, Consumer<String> toPerson) {
        this.clock = clock;
        this.home = home;
        this.ledger = ledger;
        this.toPerson = toPerson;
    }

    /**
     * Forwards until one of both ends.
     *
     * @param name what the charter calls the server
     * @return the server's exit code
     */
    int hold(McpRequest request, String name, LivePolicy policy, String user) throws IOException {
        Charter charter = policy.bundle().charter();
        String run = new RunIds().next();
        RunDirectory directory = RunDirectory.create(
                home, RunFacts.begun(run, charter, request.command(), clock.instant()), CharterText.render(charter));
        if (!ledger.hasRoom()) {
            throw new IOException("the disk of " + home.root() + " is nearly full: a run could not be recorded");
        }
        directory.recordBegins(ledger.size());
        AtomicReference<RunControl> held = new AtomicReference<>();
        RunBacking backing = new RunBacking(policy, user, held);
        Approvals approvals = new Approvals(
                new Question.About(charter.agent(), run, charter.owner().name(), charter.purpose()), backing, clock);
        Backlog backlog = new Backlog(ledger);
        RunMonitor monitor = new RunMonitor(
                policy,
                approvals,
                backlog,
                new Ulid(clock),
                clock,
                charter.agent(),
                run,
                Lineage.proc((_, _, _) -> Optional.empty()),
                () -> Thread.ofPlatform().start(() -> unrecorded(held)));
        String start = monitor.record(
                new Body.Control("start", user, null, "mcp " + name + ": " + String.join(" ", request.command())),
                null,
                null,
                null);
        int code;
        try (approvals;
                Approvers approvers = new Approvers(run, backing, approvals, held, toPerson, Optional.empty())) {
            approvals.attach(monitor, approvers::told);
            code = serve(request, name, start, policy, monitor, approvals, held, directory);
        }
        monitor.record(new Body.Control("end", "pawl", null, "exit code " + code), null, null, null);
        if (!request.quiet()) {
            Summary.render(
                            charter,
                            run,
                            monitor.denials(),
                            monitor.denialsBeyond(),
                            denial -> NextStep.remedy(denial.attempt(), denial.decision()))
                    .forEach(toPerson);
        }
        backlog.flush();
        ledger.force();
        directory.recordEnded(ledger.size());
        return code;
    }

    private int serve(
            McpRequest request,
            String name,
            String start,
            LivePolicy policy,
            RunMonitor monitor,
            Approvals approvals,
            AtomicReference<RunControl> held,
            RunDirectory directory)
            throws IOException {
        Turnstile turnstile = new Turnstile();
        Process server = new ProcessBuilder(request.command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ServerControl control = new ServerControl(server, turnstile, monitor);
        held.set(control);
        String owner = policy.bundle().charter().owner().name();
        Session session = new Session(
                new Session.Talk(
                        name,
                        Agents.caller(),
                        start,
                        policy.bundle().charter().tools().answer()),
                monitor,
                (attempt, denial) -> NextStep.of(Optional.of(attempt), denial, owner),
                new LeakDesk(),
                new PinFiles(home),
                new PinAsks(approvals, monitor, () -> !turnstile.isClosed()),
                new Outlet(new FileOutputStream(FileDescriptor.out), turnstile),
                new Outlet(server.getOutputStream(), turnstile));
        try (Closeable _ = ledger.whenFull(turnstile::shut);
                ControlServer _ = ControlServer.start(directory.control(), control, approvals)) {
            Thread.ofPlatform().daemon().name("pawl-mcp-agent").start(() -> fromAgent(session, server));
            read(server.getInputStream(), new Lines.To() {
                @Override
                public void line(byte[] bytes, int from, int to) {
                    session.server(bytes, from, to);
                }

                @Override
                public void tooLong() {
                    session.serverTooLong();
                }
            });
            session.end();
            int code = ended(server);
            turnstile.close();
            return code;
        } finally {
            control.quietly();
        }
    }

    private static void fromAgent(Session session, Process server) {
        try {
            read(new FileInputStream(FileDescriptor.in), new Lines.To() {
                @Override
                public void line(byte[] bytes, int from, int to) {
                    session.agent(bytes, from, to);
                }

                @Override
                public void tooLong() {
                    session.agentTooLong();
                }
            });
            // The agent is gone; a server that lives by its input ends now.
            server.getOutputStream().close();
            if (!server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                server.descendants().forEach(ProcessHandle::destroyForcibly);
                server.destroyForcibly();
            }
        } catch (IOException e) {
            server.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(InputStream in, Lines.To to) throws IOException {
        new Lines(in, (int) ToolGrants.MOST_ANSWER).read(to);
    }

    private static int ended(Process server) {
        try {
            return server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? server.exitValue() : 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void unrecorded(AtomicReference<RunControl> held) {
        toPerson.accept("pawl: the record cannot be written; the run is stopped");
        RunControl control = held.get();
        if (control != null) {
            control.stop("ledger");
        }
    }
}
