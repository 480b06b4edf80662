package dev.pawl.cli.authzen;

import dev.pawl.core.Body;
import dev.pawl.core.Charter;
import dev.pawl.core.Ulid;
import dev.pawl.gateway.serve.Service;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.NextStep;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.server.ControlServer;
import dev.pawl.server.Home;
import dev.pawl.server.Lineage;
import dev.pawl.server.RunDirectory;
import dev.pawl.server.RunFacts;
import dev.pawl.server.RunIds;
import dev.pawl.server.RunMonitor;
import dev.pawl.server.approvals.Approvals;
import dev.pawl.server.approvals.Asks;
import dev.pawl.server.approvals.Nobody;
import dev.pawl.server.approvals.Question;
import dev.pawl.server.authzen.Evaluator;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** Evaluations of one charter as a run of their own: on record, listed, stopped and frozen like any other. Thread-safe. */
final class Endpoint implements Service, Closeable {
    /** Who asks is a client of HTTP: what it asks for is no process that could be found. */
    private static final Lineage NO_PROCESS = _ -> null;

    private final Ledger ledger;
    private final RunDirectory directory;
    private final RunMonitor monitor;
    private final Evaluator evaluator;
    private final EndpointControl control;
    private final Approvals approvals;
    private final ControlServer orders;

    /**
     * @param toPerson takes lines for whoever started it
     * @param end begins the end; must not wait
     * @throws IOException if the run cannot be made
     */
    Endpoint(
            LivePolicy policy,
            Home home,
            Ledger ledger,
            Clock clock,
            String user,
            Consumer<String> toPerson,
            Runnable end)
            throws IOException {
        Charter charter = policy.bundle().charter();
        String run = new RunIds().next();
        this.ledger = ledger;
        this.directory = RunDirectory.create(
                home, RunFacts.begun(run, charter, List.of("authzen"), clock.instant()), CharterText.render(charter));
        directory.recordBegins(ledger.size());
        this.monitor = new RunMonitor(
                policy,
                Asks.NOBODY,
                ledger,
                new Ulid(clock),
                clock,
                charter.agent(),
                run,
                NO_PROCESS,
                () -> toPerson.accept("pawl: the record cannot be written; every answer is no from now on"));
        this.evaluator = new Evaluator(
                charter.agent(),
                monitor,
                policy::termsOf,
                (attempt, denial) ->
                        NextStep.of(attempt, denial, charter.owner().name()),
                user);
        this.control = new EndpointControl(monitor, end);
        this.approvals = new Approvals(
                new Question.About(charter.agent(), run, charter.owner().name(), charter.purpose()),
                new Nobody(),
                clock);
        this.orders = ControlServer.start(directory.control(), control, approvals);
        policy.listen(new News(this, toPerson));
        monitor.record(new Body.Control("start", user, null, "authzen"), null, null, null);
    }

    String run() {
        return directory.run();
    }

    /** Puts something on record that Pawl did. */
    void note(String operation, String detail) {
        monitor.record(new Body.Control(operation, "pawl", null, detail), null, null, null);
    }

    @Override
    public boolean serves(String path) {
        return path.equals(Evaluator.EVALUATION) || path.equals(Evaluator.EVALUATIONS);
    }

    @Override
    public Reply post(String path, byte[] body) {
        return control.decides()
                ? reply(evaluator.answer(path, body))
                : refusal(503, "nothing is decided while this is " + control.state() + ", which is a no");
    }

    @Override
    public Reply refusal(int status, String reason) {
        return reply(Evaluator.refused(status, reason));
    }

    private static Reply reply(Evaluator.Reply reply) {
        return new Reply(reply.status(), reply.json());
    }

    /** The last word of the run. */
    @Override
    public void close() throws IOException {
        note("end", "authzen");
        orders.close();
        approvals.close();
        ledger.force();
        directory.recordEnded(ledger.size());
    }
}
