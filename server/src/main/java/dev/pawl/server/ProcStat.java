package dev.pawl.server;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process as /proc/PID/stat shows it (proc_pid_stat(5)).
 *
 * @param parent process id of its parent
 * @param state one letter, Z for a process that ended and was not yet waited for
 * @param start clock ticks since boot when it started (field 22): with the pid it names a process for certain
 */
public record ProcStat(int pid, int parent, char state, long start) {
    private static final int MAX_BYTES = 2048;
    private static final int FIELDS_BEFORE_START = 18;

    /** Reads one process; empty if there is none, or it cannot be seen. */
    public static Optional<ProcStat> read(int pid) {
        return Optional.ofNullable(readOrNull(pid));
    }

    /** This process. */
    public static ProcStat self() {
        int pid = (int) ProcessHandle.current().pid();
        return read(pid).orElseThrow(() -> new IllegalStateException("/proc does not show this process"));
    }

    /** Whether the process that had this pid and start time runs no code any more. */
    static boolean gone(int pid, long start) {
        ProcStat now = readOrNull(pid);
        return now == null || now.start != start || now.state == 'X' || (now.state == 'Z' && onlyThread(pid));
    }

    static @Nullable ProcStat readOrNull(int pid) {
        byte[] bytes = new byte[MAX_BYTES];
        int length;
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/stat")) {
            length = in.read(bytes);
        } catch (IOException e) {
            return null;
        }
        return length <= 0 ? null : parse(pid, new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    }

    /** The name in parentheses is chosen by the agent and may hold anything, also parentheses: the last one counts. */
    static @Nullable ProcStat parse(int pid, String stat) {
        int at = stat.lastIndexOf(") ") + 2;
        if (at < 2 || at + 2 >= stat.length()) {
            return null;
        }
        try {
            char state = stat.charAt(at);
            int parentAt = at + 2;
            int next = stat.indexOf(' ', parentAt);
            int parent = Integer.parseInt(stat, parentAt, next, 10);
            for (int i = 0; i < FIELDS_BEFORE_START - 1; i++) {
                next = stat.indexOf(' ', next + 1);
                if (next < 0) {
                    return null;
                }
            }
            int end = stat.indexOf(' ', next + 1);
            return new ProcStat(pid, parent, state, Long.parseLong(stat, next + 1, end, 10));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** The first thread of a process shows as Z while others still run. */
    private static boolean onlyThread(int pid) {
        String[] threads = new File("/proc/" + pid + "/task").list();
        return threads == null || threads.length <= 1;
    }
}
