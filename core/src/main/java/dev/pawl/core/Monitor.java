package dev.pawl.core;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an attempt becomes a decision and an event. Thread-safe; never throws: what goes wrong is a
 * denial.
 */
public interface Monitor {
    /**
     * A decision together with the event that records it.
     *
     * @param event id of the event; empty if nothing could be recorded
     * @param only the addresses a person agreed to, beside which none may be dialled; empty where nobody was asked
     */
    record Judged(Decision decision, String event, List<InetAddress> only) {
        public Judged {
            only = List.copyOf(only);
        }

        /** A decision that nobody was asked for. */
        public Judged(Decision decision, String event) {
            this(decision, event, List.of());
        }
    }

    /**
     * What became of an attempt that may be held.
     *
     * @param now the decision; its verdict is ask exactly where there is an {@code answer} to come
     */
    record Verdict(Judged now, Optional<Answer> answer) {}

    /** Decides, records, answers. {@code process} is null where it is not known. What would have to be asked is denied. */
    Judged judge(Attempt attempt, @Nullable ProcessInfo process);

    /** Decides and records; where a person has to be asked, asks. Does not wait for the answer. */
    default Verdict judge(Attempt attempt, ProcessInfo process, Holding holding) {
        return judge(attempt, process, null, holding);
    }

    /**
     * The same where the cause is known.
     *
     * @param cause id of the event that led to the attempt; null to derive it from the process
     */
    Verdict judge(Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding);

    /**
     * Records something that needs no decision of the policy, and returns the event's id, or an empty text if nothing
     * could be recorded (the run is then stopped by whoever implements this).
     *
     * @param cause id of the event that led to this one; null to derive it from the process
     * @param decision an answer that was already given elsewhere (a gateway refusal), or null
     */
    String record(Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision);

    /**
     * Takes what came together, each as if it had come alone and in this order, but for less than each would cost. What fails
     * of one is no matter of the others.
     *
     * @return what came of each, in the same order
     */
    default List<Matter.Outcome> all(List<Matter> matters) {
        return matters.stream().map(this::one).toList();
    }

    private Matter.Outcome one(Matter matter) {
        try {
            return switch (matter) {
                case Matter.Tried(Attempt attempt, ProcessInfo process, String cause, Holding holding) ->
                    new Matter.Outcome.Judged(judge(attempt, process, cause, holding));
                case Matter.Happened(Body body, ProcessInfo process, String cause, Decision decision) ->
                    new Matter.Outcome.Recorded(record(body, process, cause, decision));
            };
        } catch (RuntimeException | Error e) {
            return new Matter.Outcome.Failed(e);
        }
    }
}
