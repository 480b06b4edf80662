package dev.pawl.server;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.Matter;
import dev.pawl.core.Policy;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded of a matter.
 *
 * @param decision of the policy where it is tried; else the one given elsewhere, or null
 */
record Draft(Matter matter, @Nullable Decision decision) {
    static Draft of(Matter matter, Policy policy) {
        return switch (matter) {
            case Matter.Tried tried -> new Draft(tried, policy.decide(tried.attempt()));
            case Matter.Happened happened -> new Draft(happened, happened.decision());
        };
    }

    /**
     * Whether it cannot be written together with others: a person has to be asked, or what led to it is found by looking at
     * what is on record by then.
     */
    boolean alone() {
        return switch (matter) {
            case Matter.Tried tried ->
                tried.cause() == null
                        || tried.attempt() instanceof Attempt.Exec
                        || (decision != null && decision.verdict() == Decision.Verdict.ASK);
            case Matter.Happened happened -> happened.cause() == null;
        };
    }

    Event event(String id, Instant now, String agent, String run) {
        return switch (matter) {
            case Matter.Tried tried ->
                new Event(
                        id,
                        now,
                        agent,
                        run,
                        tried.cause(),
                        tried.process(),
                        AttemptBody.of(tried.attempt(), Objects.requireNonNull(decision), tried.process(), now),
                        decision);
            case Matter.Happened(Body body, var process, var cause, var given) ->
                new Event(id, now, agent, run, cause, process, body, given);
        };
    }
}
