package dev.pawl.policy.learn;

import java.util.List;

/**
 * One grant of a proposal.
 *
 * @param rule its place, for example {@code network.allow[0]}
 * @param grant what it grants, in words
 * @param count how often that was used
 * @param processes who did
 * @param note lines for above it
 */
public record Line(String rule, String grant, long count, List<String> processes, List<String> note) {
    public Line {
        processes = List.copyOf(processes);
        note = List.copyOf(note);
    }

    static Line of(String rule, String grant, Users users, List<String> note) {
        return new Line(rule, grant, users.total(), users.names(), note);
    }
}
