package dev.pawl.gateway.model;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Monitor;
import dev.pawl.core.Purse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model in purse and record: reserved, recorded, settled, once each. Its methods block. Thread-safe, so that a
 * call that breaks off while it is reserved is settled after.
 */
final class Account {
    private final Monitor monitor;
    private final Purse purse;
    private final Prices prices;
    private final Egress.Passage passage;

    private @Nullable ModelCall call;
    private Purse.@Nullable Granted granted;
    private @Nullable Decision refusal;
    private long reserved;
    private String turn = "";
    private boolean closed;

    Account(Monitor monitor, Purse purse, Prices prices, Egress.Passage passage) {
        this.monitor = monitor;
        this.purse = purse;
        this.prices = prices;
        this.passage = passage;
    }

    /** Sets aside what it may use at first, or notes why it may not. */
    synchronized void reserve(ModelCall asked, long output) {
        if (closed) {
            return;
        }
        call = asked;
        reserved = output;
        long input = asked.inputEstimate();
        take(purse.reserve(new Purse.Need(
                1, input + output, prices.micros(asked.wire(), asked.model(), new Usage(input, 0, 0, output)))));
    }

    private void take(Purse.Reservation reservation) {
        switch (reservation) {
            case Purse.Granted yes -> granted = yes;
            case Purse.Exhausted no -> refusal = exhausted(no.budget(), no.reason());
        }
    }

    private static Decision exhausted(String budget, String reason) {
        return new Decision(Decision.Verdict.DENY, budget, null, reason, "budget");
    }

    /** Sets aside more output, or notes that there is none. */
    synchronized void more(long output) {
        if (granted == null || call == null) {
            return;
        }
        Optional<Long> micros = prices.micros(call.wire(), call.model(), new Usage(0, 0, 0, output));
        if (granted.more(output, micros.orElse(0L))) {
            reserved += output;
            return;
        }
        switch (purse.reserve(new Purse.Need(0, output, micros))) {
            case Purse.Exhausted no -> refusal = exhausted(no.budget(), no.reason());
            // Somebody else settled in between: then there is room now.
            case Purse.Granted other -> {
                other.release();
                reserved += granted.more(output, micros.orElse(0L)) ? output : 0;
            }
        }
    }

    /** Why it may not go on. */
    synchronized Optional<Decision> refusal() {
        return Optional.ofNullable(refusal);
    }

    /**
     * Records what is known of a turn, then tools that the model called, caused by it.
     *
     * @param cause event that led to the turn
     * @param counted whether the turn is over
     * @throws IllegalStateException where it could not be recorded
     */
    synchronized void record(String cause, ModelTurn told, List<ToolCall> calls, boolean counted) {
        boolean known = !turn.isEmpty();
        String event = known && !counted ? turn : append(body(told, counted), known ? turn : cause);
        turn = known ? turn : event;
        for (ToolCall each : calls) {
            append(
                    new Body.Tool(
                            Body.Tool.MODEL, each.name(), Body.Tool.cut(each.arguments(), Body.Tool.LONGEST), null),
                    turn);
        }
    }

    private String append(Body body, String cause) {
        String event = monitor.record(body, passage.process(), cause, null);
        if (event.isEmpty()) {
            throw new IllegalStateException("a model's turn could not be recorded");
        }
        return event;
    }

    private Body.Model body(ModelTurn told, boolean counted) {
        Optional<Usage> usage = counted ? told.usage() : Optional.empty();
        return new Body.Model(
                told.wire().provider(),
                told.model(),
                usage.map(Usage::input).orElse(null),
                usage.map(Usage::output).orElse(null),
                usage.flatMap(used -> prices.micros(told.wire(), told.model(), used))
                        .orElse(null),
                told.calls().stream()
                        .map(each -> new Body.ToolCall(
                                each.id(), each.name(), Body.Tool.cut(each.arguments(), Body.ToolCall.LONGEST)))
                        .toList());
    }

    /** The answer came whole; what the provider did not count is taken for as much as was estimated. */
    synchronized void answered(ModelTurn told, long written) {
        if (call != null) {
            settle(call, told.usage().orElse(new Usage(call.inputEstimate(), 0, 0, written)), told.model());
        }
    }

    /**
     * The request is over, in whatever way. Where it broke off all that was reserved counts, since nobody can say what the
     * provider will; and what was seen of the turn is recorded.
     *
     * @param seen of the turn, null where no answer came
     * @param failed whether the answer was an error, which costs nothing
     */
    synchronized void over(@Nullable ModelTurn seen, boolean whole, boolean failed) {
        closed = true;
        if (whole || call == null || granted == null) {
            return;
        }
        Usage used = seen == null ? Usage.NONE : seen.usage().orElse(Usage.NONE);
        Usage most = new Usage(Math.max(used.input(), call.inputEstimate()), 0, 0, Math.max(used.output(), reserved));
        String model = seen == null ? "" : seen.model();
        settle(call, failed ? Usage.NONE : most, model);
        if (seen != null) {
            // Counts that came before the end are not those of the turn.
            ModelTurn uncounted = new ModelTurn(seen.wire(), seen.model(), Optional.empty(), seen.calls(), false);
            record(passage.judged().event(), uncounted, List.of(), true);
        }
    }

    private void settle(ModelCall asked, Usage used, String answeredBy) {
        Purse.Granted open = granted;
        granted = null;
        if (open != null) {
            Optional<Long> micros = prices.micros(asked.wire(), answeredBy, used)
                    .or(() -> prices.micros(asked.wire(), asked.model(), used));
            open.settle(new Purse.Spent(1, used.total(), micros));
        }
    }
}
