package dev.pawl.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says where a process comes from. Thread-safe; must be fast, it is asked for every attempt. */
@FunctionalInterface
public interface Lineage {
    /** Parent and start time of a process; null if there is no such process any more. */
    @Nullable
    Birth of(int pid);

    /** What is in a file as a process names it; empty where that cannot be told. */
    default Optional<byte[]> script(int pid, String path) {
        return Optional.empty();
    }

    /** Reads a file of a process. */
    interface Scripts {
        /** At most {@code most} bytes; empty where there is no such file, or it is longer. */
        Optional<byte[]> read(int pid, String path, int most);
    }

    /** Where a process comes from. {@code start} tells a process from an earlier one with the same pid. */
    record Birth(int parent, long start) {}

    /** The lineage that /proc shows. */
    static Lineage proc(Scripts scripts) {
        return new Lineage() {
            @Override
            public @Nullable Birth of(int pid) {
                ProcStat stat = ProcStat.readOrNull(pid);
                return stat == null ? null : new Birth(stat.parent(), stat.start());
            }

            @Override
            public Optional<byte[]> script(int pid, String path) {
                return scripts.read(pid, path, LONGEST_SCRIPT);
            }
        };
    }

    /** Bytes of a script that is compared with what models wrote: no longer than what is kept of that. */
    int LONGEST_SCRIPT = 1 << 16;
}
