package dev.pawl.server;

import org.jspecify.annotations.Nullable;

/** Says where a process comes from. Thread-safe; must be fast, it is asked for every attempt. */
@FunctionalInterface
public interface Lineage {
    /** Parent and start time of a process; null if there is no such process any more. */
    @Nullable
    Birth of(int pid);

    /** Where a process comes from. {@code start} tells a process from an earlier one with the same pid. */
    record Birth(int parent, long start) {}

    /** The lineage that /proc shows. */
    static Lineage proc() {
        return pid -> {
            ProcStat stat = ProcStat.readOrNull(pid);
            return stat == null ? null : new Birth(stat.parent(), stat.start());
        };
    }
}
