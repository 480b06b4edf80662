package dev.pawl.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * One row of the rehearsal.
 *
 * @param act id of the act
 * @param title what a person reads
 * @param boundary id of the boundary it breaks, as the record says; as the act says where nothing was refused on the
 *     record; empty for honest work
 * @param honest true for work that must succeed also when held
 * @param worksWithout whether the effect was seen without Pawl
 * @param contained whether the act ran held and came out as it must: no effect, or for honest work its effect
 * @param by what stopped it (or let honest work through), one line
 * @param process program and process id, for example {@code ssh[41]}, as in the event; empty if unknown
 * @param milliseconds from the start of the process that tried (its exec on the record) to its first refusal on the
 *     record, so the time a program needs to come to its attempt is in it; where the kernel refuses without an event, to
 *     the end of the act; for children left behind, from the agent's last line until a look found none; null if unknown
 */
record ActReport(
        String act,
        String title,
        String boundary,
        boolean honest,
        boolean worksWithout,
        boolean contained,
        String by,
        String process,
        @Nullable Double milliseconds) {}
