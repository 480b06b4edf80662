package dev.pawl.cli.run;

import dev.pawl.cli.view.Summary;
import dev.pawl.core.Body;
import dev.pawl.core.Charter;
import dev.pawl.core.Inspection;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.core.Ulid;
import dev.pawl.gateway.GatewayLoops;
import dev.pawl.gateway.Inspecting;
import dev.pawl.gateway.RunGateway;
import dev.pawl.gateway.credentials.Credentials;
import dev.pawl.gateway.leak.scan.Marker;
import dev.pawl.gateway.mcp.McpDesk;
import dev.pawl.gateway.spend.SpendDesk;
import dev.pawl.gateway.tls.RunAuthority;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.NextStep;
import dev.pawl.policy.OpenPolicy;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.sandbox.AgentFiles;
import dev.pawl.sandbox.Blueprint;
import dev.pawl.sandbox.Decoys;
import dev.pawl.sandbox.NoticeFile;
import dev.pawl.sandbox.Prepared;
import dev.pawl.sandbox.Sandbox;
import dev.pawl.sandbox.Stdio;
import dev.pawl.sandbox.Task;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.server.Backlog;
import dev.pawl.server.ControlServer;
import dev.pawl.server.Denial;
import dev.pawl.server.Home;
import dev.pawl.server.Lineage;
import dev.pawl.server.Notices;
import dev.pawl.server.RunDirectory;
import dev.pawl.server.RunFacts;
import dev.pawl.server.RunIds;
import dev.pawl.server.RunMonitor;
import dev.pawl.server.approvals.Approvals;
import dev.pawl.server.approvals.Question;
import dev.pawl.server.money.Accounts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run: everything it needs is made here and ended here, in this order. What is made: directory, record, monitor,
 * gateway, sandbox, control. What ends: processes, flows, terminal, control, record.
 */
public final class HeldRun {
    /** Terminals that could not show the agent's screen again after a question. */
    private static final Set<String> NO_SCREEN = Set.of("", "dumb", "linux");

    /** Of a rule that is gone since it allowed a connection: each request is asked about. */
    private static final Terms READ = new Terms(Protocol.TLS, Optional.of(Inspection.ANY));

    private final Clock clock;
    private final Home home;
    private final Ledger ledger;
    private final GatewayLoops loops;
    private final Consumer<String> toPerson;
    private final Consumer<RunDirectory> opened;

    /**
     * @param ledger the record of the home, shared by the runs of this process
     * @param loops event loops, shared by the runs of this process
     * @param toPerson takes lines for whoever started the run
     */
    public HeldRun(Clock clock, Home home, Ledger ledger, GatewayLoops loops, Consumer<String> toPerson) {
        this(clock, home, ledger, loops, toPerson, _ -> {});
    }

    /** {@code opened} is told where a run is, before the agent starts. */
    HeldRun(
            Clock clock,
            Home home,
            Ledger ledger,
            GatewayLoops loops,
            Consumer<String> toPerson,
            Consumer<RunDirectory> opened) {
        this.clock = clock;
        this.home = home;
        this.ledger = ledger;
        this.loops = loops;
        this.toPerson = toPerson;
        this.opened = opened;
    }

    /**
     * Runs an agent to its end.
     *
     * @param policy what decides, made of the same request
     * @param prepared a sandbox of this request's blueprint
     * @param stdio what the agent reads and writes
     * @param started told once the agent runs, to pass signals on
     * @return the agent's exit code
     * @throws IOException if it could not be started; the message is for a person
     */
    public int hold(
            RunRequest request,
            LivePolicy policy,
            String user,
            Prepared prepared,
            Stdio stdio,
            Consumer<Sandbox> started)
            throws IOException {
        PolicyBundle bundle = policy.bundle();
        Charter charter = bundle.charter();
        String run = new RunIds().next();
        RunFacts facts = RunFacts.begun(run, charter, request.command(), clock.instant());
        RunDirectory directory = RunDirectory.create(home, facts, CharterText.render(charter));
        opened.accept(directory);
        Decider decider = new Decider(policy);
        AtomicReference<Sandbox> held = new AtomicReference<>();
        if (!ledger.hasRoom()) {
            throw new IOException("the disk of " + home.root() + " is nearly full: a run could not be recorded");
        }
        directory.recordBegins(ledger.size());
        RunBacking backing = new RunBacking(policy, user, held);
        Approvals approvals = new Approvals(
                new Question.About(charter.agent(), run, charter.owner().name(), charter.purpose()), backing, clock);
        Backlog backlog = new Backlog(ledger);
        Credentials credentials = SecretValues.read(charter.secrets(), request.environment());
        RunAuthority authority = new RunAuthority(run, clock);
        TrustFiles trust = TrustFiles.begin(authority, prepared.blueprint().late(), toPerson);
        int code;
        try (NoticeFile file = prepared.notices();
                Notices notices = new Notices(file::append, toPerson)) {
            RunMonitor monitor = new RunMonitor(
                    decider,
                    approvals,
                    new Noticing(backlog, notices, charter.owner().name()),
                    new Ulid(clock),
                    clock,
                    charter.agent(),
                    run,
                    Lineage.proc(AgentFiles::read),
                    () -> Thread.ofPlatform().start(() -> unrecorded(held)));
            monitor.record(
                    new Body.Control("start", user, null, String.join(" ", request.command())), null, null, null);
            List<String> open = OpenPolicy.warning(bundle);
            if (!open.isEmpty()) {
                // Whoever made this policy open: no run is, without saying so to the person and in its record.
                monitor.record(new Body.Control("learn", user, null, String.join("\n", open)), null, null, null);
                open.forEach(line -> toPerson.accept("pawl: " + line));
            }
            FullRecord full = new FullRecord(ledger, run, monitor, held, toPerson);
            try (Closeable _ = ledger.whenFull(full);
                    Accounts accounts = new Accounts(home.root(), clock);
                    RunGateway gateway = new RunGateway(
                            charter,
                            policy,
                            monitor,
                            (attempt, denial) -> NextStep.of(
                                    Optional.of(attempt),
                                    denial,
                                    charter.owner().name()),
                            clock,
                            loops,
                            new Inspecting(
                                    authority,
                                    List.of(new SpendDesk(), credentials.outgoing(), tools(policy, monitor, approvals)),
                                    accounts.purse(run, policy::bundle)),
                            fd -> new Fd(fd).close())) {
                decider.attach(gateway);
                if (charter.network().allow().stream()
                        .anyMatch(grant -> grant.inspection().isPresent())) {
                    accounts.prepare();
                }
                Optional<InPlace> inPlace = inPlace(request, stdio, approvals, backing, user);
                Consumer<String> sparing =
                        inPlace.map(place -> place.sparing(toPerson)).orElse(toPerson);
                policy.listen(new PolicyNews(run, monitor, sparing));
                try (approvals;
                        Approvers approvers = new Approvers(run, backing, approvals, held, sparing, inPlace)) {
                    approvals.attach(monitor, approvers::told);
                    trust.fill(prepared);
                    code = run(
                            request,
                            charter,
                            user,
                            prepared,
                            stdio,
                            monitor,
                            gateway,
                            policy,
                            facts,
                            directory,
                            held,
                            approvals,
                            full,
                            started,
                            credentials);
                }
                if (!request.quiet()) {
                    inPlace.map(InPlace::notes).orElse(List.of()).forEach(toPerson);
                    Summary.render(charter, run, monitor.denials(), monitor.denialsBeyond(), HeldRun::remedy)
                            .forEach(toPerson);
                }
            }
        }
        endRecord(directory, backlog);
        return code;
    }

    /** Calls of tools over HTTP; the descriptions that are held are those of all runs of this home. */
    private McpDesk tools(LivePolicy policy, RunMonitor monitor, Approvals approvals) {
        return new McpDesk(
                monitor,
                task -> Thread.ofVirtual().start(task),
                new PinFiles(home),
                new PinAsks(approvals, monitor, () -> true),
                () -> policy.bundle().charter().tools());
    }

    /** The agent's exit code stands, also where the end of its record does not find room. */
    private void endRecord(RunDirectory directory, Backlog backlog) throws IOException {
        try {
            backlog.flush();
            ledger.force();
            directory.recordEnded(ledger.size());
        } catch (IOException e) {
            if (ledger.hasRoom()) {
                throw e;
            }
            toPerson.accept("pawl: the disk of the record is full: " + backlog.size() + " last events of "
                    + directory.run() + " are lost");
        }
    }

    private int run(
            RunRequest request,
            Charter charter,
            String user,
            Prepared prepared,
            Stdio stdio,
            RunMonitor monitor,
            RunGateway gateway,
            LivePolicy policy,
            RunFacts facts,
            RunDirectory directory,
            AtomicReference<Sandbox> held,
            Approvals approvals,
            FullRecord full,
            Consumer<Sandbox> started,
            Credentials credentials)
            throws IOException {
        String insideHome = prepared.blueprint().home().toString();
        Map<String, String> environment = AgentEnvironment.of(charter, user, insideHome, request.environment());
        environment.putAll(credentials.environment());
        Instructions.of(charter, request, user, prepared.blueprint()).leftOut().forEach(toPerson);
        Map<String, String> decoys = decoys(prepared.blueprint());
        List<Marker> markers = new ArrayList<>(DecoyMarkers.of(decoys));
        markers.addAll(credentials.markers());
        Task task = new Task(
                facts.run(),
                request.command(),
                environment,
                directoryInside(request, charter),
                decoys,
                charter.budget());
        try (MarkedWatch _ = MarkedWatch.start(charter, markers, gateway.leaks(), toPerson)
                        .orElse(null);
                Sandbox sandbox = Sandbox.start(
                        prepared,
                        task,
                        stdio,
                        monitor,
                        gateway,
                        rule -> policy.termsOf(rule).orElse(READ))) {
            held.set(sandbox);
            keep(prepared.notices(), directory);
            directory.write(facts.withSandbox(
                    RunFacts.Held.of(sandbox.pid()).orElseThrow(() -> new IOException("the sandbox died at once"))));
            try (ControlServer _ = ControlServer.start(directory.control(), full.guard(sandbox), approvals)) {
                started.accept(sandbox);
                full.look();
                int code = sandbox.exit().join();
                stdio.close();
                String complaint = sandbox.complaint().join();
                if (!complaint.isEmpty()) {
                    toPerson.accept("pawl: " + complaint);
                }
                String actor = sandbox.settled().equals("stopping") ? "pawl" : "agent";
                monitor.record(new Body.Control("end", actor, null, "exit code " + code), null, null, null);
                return code;
            }
        }
    }

    /** Where a person sits at a terminal that has a second screen. */
    private static Optional<InPlace> inPlace(
            RunRequest request, Stdio stdio, Approvals approvals, RunBacking backing, String user) {
        return stdio.interactive() && !NO_SCREEN.contains(request.environment().getOrDefault("TERM", ""))
                ? Optional.of(new InPlace(
                        approvals, backing, user, new InPlace.Terminal(stdio::borrow, stdio::ring), System::nanoTime))
                : Optional.empty();
    }

    /** A run whose notices stay in the spool is no worse held. */
    private void keep(NoticeFile notices, RunDirectory directory) {
        try {
            notices.keep(directory.notices());
        } catch (IOException e) {
            toPerson.accept("pawl: the notices of this run are not kept: " + e);
        }
    }

    private static Optional<String> remedy(Denial denial) {
        return NextStep.remedy(denial.attempt(), denial.decision());
    }

    /** Decoys, but none where the charter shows something real. */
    private static Map<String, String> decoys(Blueprint blueprint) {
        Map<String, String> decoys = new HashMap<>(Decoys.plant(blueprint.home(), new SecureRandom()));
        decoys.keySet()
                .removeIf(path -> Stream.of(blueprint.read(), blueprint.write(), List.of(blueprint.workspace()))
                        .flatMap(List::stream)
                        .anyMatch(granted -> Path.of(path).startsWith(granted) || granted.startsWith(path)));
        return decoys;
    }

    /** The agent starts where it was asked for if that is in its workspace, else at the top of the workspace. */
    private static String directoryInside(RunRequest request, Charter charter) throws IOException {
        var asked = request.directory().toRealPath();
        return (asked.startsWith(charter.workspace()) ? asked : charter.workspace()).toString();
    }

    private void unrecorded(AtomicReference<Sandbox> held) {
        toPerson.accept("pawl: the record cannot be written; the run is stopped");
        Sandbox sandbox = held.get();
        if (sandbox != null) {
            sandbox.stop("ledger");
        }
    }
}
