package dev.pawl.cli.authzen;

import dev.pawl.core.Body;
import dev.pawl.core.Charter;
import dev.pawl.core.Ulid;
import dev.pawl.gateway.serve.Service;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.NextStep;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.sandbox.AgentFiles;
import dev.pawl.server.Lineage;
import dev.pawl.server.RunMonitor;
import dev.pawl.server.approvals.Asks;
import dev.pawl.server.authzen.Evaluator;
import java.time.Clock;

/** Evaluations of one charter, recorded under a run of their own. Thread-safe. */
final class Endpoint implements Service {
    private final Evaluator evaluator;
    private final RunMonitor monitor;

    /**
     * @param run id that the events carry
     * @param onBroken called once when the record cannot be written; from then on every decision is no
     */
    Endpoint(LivePolicy policy, Ledger ledger, Clock clock, String run, String user, Runnable onBroken) {
        Charter charter = policy.bundle().charter();
        this.monitor = new RunMonitor(
                policy,
                Asks.NOBODY,
                ledger,
                new Ulid(clock),
                clock,
                charter.agent(),
                run,
                Lineage.proc(AgentFiles::read),
                onBroken);
        this.evaluator = new Evaluator(
                charter.agent(),
                monitor,
                policy::termsOf,
                (attempt, denial) ->
                        NextStep.of(attempt, denial, charter.owner().name()),
                user);
        monitor.record(new Body.Control("start", user, null, "authzen"), null, null, null);
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
        return reply(evaluator.answer(path, body));
    }

    @Override
    public Reply refusal(int status, String reason) {
        return reply(Evaluator.refused(status, reason));
    }

    private static Reply reply(Evaluator.Reply reply) {
        return new Reply(reply.status(), reply.json());
    }
}
