package dev.pawl.core;

import org.jspecify.annotations.Nullable;

/** What a monitor is given together with others, see {@link Monitor#all}. */
public sealed interface Matter {
    /**
     * Something that is tried, to be judged.
     *
     * @param cause id of the event that led to it; null to derive it from the process
     */
    record Tried(
            Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding) implements Matter {}

    /**
     * Something that happened, to be recorded.
     *
     * @param cause id of the event that led to it; null to derive it from the process
     * @param decision an answer that was already given elsewhere, or null
     */
    record Happened(
            Body body,
            @Nullable ProcessInfo process,
            @Nullable String cause,
            @Nullable Decision decision) implements Matter {}

    /** What came of one. */
    sealed interface Outcome {
        /** It was judged. */
        record Judged(Monitor.Verdict verdict) implements Outcome {}

        /** It was recorded; the id is empty if it could not be. */
        record Recorded(String event) implements Outcome {}

        /** Neither: whoever tried it gets no answer but this. */
        record Failed(Throwable why) implements Outcome {}
    }
}
