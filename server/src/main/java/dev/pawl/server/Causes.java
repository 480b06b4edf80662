package dev.pawl.server;

import dev.pawl.core.ProcessInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the event that led to an attempt: the latest program started in that process, or in its nearest known ancestor.
 * Thread-safe.
 *
 * <p>Pids are reused, so an entry counts only while the process has the start time it was noted with. A program that was
 * allowed but did not start (a shell trying one directory of PATH after another) shows itself by the process carrying
 * its old image at the next attempt; it is then passed over.
 */
final class Causes {
    static final int MAX_PROCESSES = 100_000;
    private static final int MAX_STEPS = 64;

    private record Started(String event, @Nullable String cause, long start, int before, int after) {}

    private final Lineage lineage;
    private final Map<Integer, Started> latest = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Started> eldest) {
            return size() > MAX_PROCESSES;
        }
    };

    Causes(Lineage lineage) {
        this.lineage = lineage;
    }

    /** The cause of what a process does; null if neither it nor an ancestor started a program that is known. */
    synchronized @Nullable String of(ProcessInfo process) {
        int pid = process.pid();
        int parent = process.parent();
        for (int step = 0; step < MAX_STEPS && pid > 1; step++) {
            Lineage.Birth birth = lineage.of(pid);
            Started started = latest.get(pid);
            if (started != null && (birth == null || birth.start() == started.start)) {
                return step == 0 && didNotStart(started, process) ? started.cause : started.event;
            }
            if (birth != null) {
                parent = birth.parent();
            } else if (step > 0) {
                return null;
            }
            pid = parent;
        }
        return null;
    }

    /** Notes that a program was allowed to start in the process that carried {@code before}. */
    synchronized void started(ProcessInfo program, @Nullable ProcessInfo before, String event, @Nullable String cause) {
        Lineage.Birth birth = lineage.of(program.pid());
        if (birth != null) {
            int image = before == null ? image(program) : image(before);
            latest.put(program.pid(), new Started(event, cause, birth.start(), image, image(program)));
        }
    }

    private static boolean didNotStart(Started started, ProcessInfo now) {
        return started.before != started.after && started.before == image(now);
    }

    private static int image(ProcessInfo process) {
        return Objects.hash(process.exe(), process.argv());
    }
}
