package dev.pawl.server.approvals;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One attempt that a person has to agree to.
 *
 * @param decision the policy's, with verdict ask
 * @param event id of the event that records it
 * @param again has the policy decide once more, by its files as they are then
 * @param waits whether somebody still waits
 * @param then takes the outcome and carries it out before it returns; called exactly once
 */
public record Ask(
        Attempt attempt,
        Decision decision,
        String event,
        Holding holding,
        Supplier<Decision> again,
        BooleanSupplier waits,
        Consumer<Outcome> then) {}
