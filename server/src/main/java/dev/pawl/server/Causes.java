package dev.pawl.server;

import dev.pawl.core.ProcessInfo;
import dev.pawl.server.calls.ToolLinks;
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

    /**
     * @param call event of the tool call behind it, null if none is known
     * @param listens whether it is a shell that reads its commands from its input
     */
    private record Started(
            String event,
            @Nullable String cause,
            @Nullable String call,
            boolean listens,
            long start,
            int before,
            int after) {}

    private final Lineage lineage;
    private final Map<Integer, Started> latest = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Started> eldest) {
            return size() > MAX_PROCESSES;
        }
    };

    /**
     * What is known of a process.
     *
     * @param cause of what it does, null if unknown
     * @param birth where it comes from, null if it is gone
     * @param call event of the tool call that it or its nearest known ancestor was started by, null if none is known
     * @param listens whether that is a shell that reads its commands from its input
     */
    record Found(
            @Nullable String cause,
            Lineage.@Nullable Birth birth,
            @Nullable String call,
            boolean listens) {
        static final Found NOTHING = new Found(null, null, null, false);

        /** The same with another cause. */
        Found causedBy(@Nullable String other) {
            return new Found(other, birth, call, listens);
        }

        /** The same, led to by a tool call. */
        Found calledBy(String event) {
            return new Found(event, birth, event, listens);
        }
    }

    Causes(Lineage lineage) {
        this.lineage = lineage;
    }

    /** Looks at the process itself, then at one ancestor after the other. */
    synchronized Found of(ProcessInfo process) {
        Lineage.Birth own = lineage.of(process.pid());
        Lineage.Birth birth = own;
        int pid = process.pid();
        for (int step = 0; step < MAX_STEPS && pid > 1; step++) {
            Started started = latest.get(pid);
            if (started != null && (birth == null || birth.start() == started.start)) {
                boolean passOver = step == 0 && didNotStart(started, process);
                return new Found(passOver ? started.cause : started.event, own, started.call, started.listens);
            }
            if (birth == null && step > 0) {
                break;
            }
            pid = birth == null ? process.parent() : birth.parent();
            birth = lineage.of(pid);
        }
        return new Found(null, own, null, false);
    }

    /** Notes that a program was allowed to start in the process that carried {@code before}. */
    synchronized void started(ProcessInfo program, @Nullable ProcessInfo before, String event, Found found) {
        if (found.birth != null && (before == null || before.pid() == program.pid())) {
            int image = before == null ? image(program) : image(before);
            latest.put(
                    program.pid(),
                    new Started(
                            event,
                            found.cause,
                            found.call,
                            ToolLinks.listens(program.argv()),
                            found.birth.start(),
                            image,
                            image(program)));
        }
    }

    private static boolean didNotStart(Started started, ProcessInfo now) {
        return started.before != started.after && started.before == image(now);
    }

    private static int image(ProcessInfo process) {
        return Objects.hash(process.exe(), process.argv());
    }
}
