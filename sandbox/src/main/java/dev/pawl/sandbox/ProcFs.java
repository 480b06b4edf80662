package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads /proc by plain system calls: a supervisor does this for every program an agent starts. Thread-safe. */
final class ProcFs {
    private static final int AT_FDCWD = -100;
    private static final int O_CLOEXEC = 0x80000;
    private static final int LONGEST = 1 << 16;
    /** Of one read: every thread that answers calls has such a buffer, and there may be hundreds of them. */
    private static final int BUFFER = 1 << 13;

    private record Scratch(MemorySegment path, MemorySegment data) {}

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(
            () -> new Scratch(Arena.ofAuto().allocate(4096), Arena.ofAuto().allocate(BUFFER)));

    private ProcFs() {}

    /** Thread group and parent of a thread; both 0 if it is gone. */
    record Ids(int group, int parent) {}

    static Ids ids(int tid) {
        String status = read("/proc/" + tid + "/status");
        return new Ids(field(status, "\nTgid:"), field(status, "\nPPid:"));
    }

    /** Number of a process in its own, innermost pid namespace; 0 if it is gone. */
    static int inner(int pid) {
        String status = read("/proc/" + pid + "/status");
        int at = status.indexOf("\nNSpid:");
        int end = at < 0 ? -1 : status.indexOf('\n', at + 1);
        return end < 0 ? 0 : Integer.parseInt(status.substring(status.lastIndexOf('\t', end) + 1, end));
    }

    /** Parent of a process, 0 if it is gone. */
    static int parent(int pid) {
        return ids(pid).parent;
    }

    /** At most 64 KiB of a file, empty if it cannot be read. */
    static String read(String path) {
        Scratch scratch = SCRATCH.get();
        long fd = open(scratch, path);
        if (fd < 0) {
            return "";
        }
        try {
            byte[] text = {};
            long count = Kernel.retry(Sys.READ, fd, scratch.data.address(), BUFFER, 0);
            while (count > 0 && text.length < LONGEST) {
                int length = text.length;
                text = Arrays.copyOf(text, length + (int) count);
                MemorySegment.copy(scratch.data, ValueLayout.JAVA_BYTE, 0, text, length, (int) count);
                count = Kernel.retry(Sys.READ, fd, scratch.data.address(), BUFFER, 0);
            }
            return new String(text, StandardCharsets.UTF_8);
        } finally {
            Kernel.call(Sys.CLOSE, fd, 0, 0);
        }
    }

    /** Target of a symbolic link, empty if it cannot be read. */
    static String link(String path) {
        return link(AT_FDCWD, path);
    }

    /** Target of an open symbolic link. */
    static String link(Fd link) {
        return link(link.number(), "");
    }

    private static String link(int directory, String path) {
        Scratch scratch = SCRATCH.get();
        put(scratch, path);
        long count =
                Kernel.call(Sys.READLINKAT, directory, scratch.path.address(), scratch.data.address(), BUFFER, 0, 0);
        return count <= 0
                ? ""
                : new String(scratch.data.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /**
     * Whether a thread stands in a call that only this supervisor answers: it does not move, though neither a freezer nor
     * SIGSTOP reaches it there. False where the kernel does not tell.
     */
    static boolean awaitsAnswer(int tid) {
        return read("/proc/" + tid + "/wchan").startsWith("seccomp_do_user_notification");
    }

    /** Whether a thread stands where the freezer of a cgroup holds it. */
    static boolean isInFreezer(int tid) {
        String where = read("/proc/" + tid + "/wchan");
        return where.startsWith("get_signal") || where.startsWith("do_freezer_trap");
    }

    /** Arguments of a process as it shows them now. */
    static List<String> arguments(int pid) {
        String line = read("/proc/" + pid + "/cmdline");
        return line.isEmpty() ? List.of() : List.of(line.split("\0"));
    }

    /** A process and all its descendants, parents first; without those that are gone meanwhile. */
    static List<Integer> tree(int root) {
        List<Integer> found = new ArrayList<>(List.of(root));
        for (int i = 0; i < found.size(); i++) {
            // A child is listed under the thread that started it.
            int pid = found.get(i);
            for (int tid : threads(pid)) {
                for (String child :
                        read("/proc/" + pid + "/task/" + tid + "/children").split(" ", -1)) {
                    if (!child.isBlank()) {
                        found.add(Integer.parseInt(child));
                    }
                }
            }
        }
        return found;
    }

    /** Thread ids of a process. */
    static List<Integer> threads(int pid) {
        String[] names = new java.io.File("/proc/" + pid + "/task").list();
        List<Integer> threads = new ArrayList<>();
        for (String name : names == null ? new String[0] : names) {
            threads.add(Integer.parseInt(name));
        }
        return threads;
    }

    /** A field of /proc/PID/stat counted as in proc(5), from 3 on; 0 if the process is gone. */
    static long stat(int pid, int field) {
        String stat = read("/proc/" + pid + "/stat");
        int close = stat.lastIndexOf(')');
        if (close < 0) {
            return 0;
        }
        String[] rest = stat.substring(close + 2).split(" ", -1);
        try {
            return Long.parseLong(rest[field - 3].strip());
        } catch (NumberFormatException e) {
            return rest[field - 3].charAt(0);
        }
    }

    private static int field(String status, String name) {
        int at = status.indexOf(name);
        if (at < 0) {
            return 0;
        }
        int end = status.indexOf('\n', at + 1);
        return Integer.parseInt(status.substring(at + name.length(), end).strip());
    }

    private static long open(Scratch scratch, String path) {
        put(scratch, path);
        long fd = Kernel.retry(Sys.OPENAT, AT_FDCWD, scratch.path.address(), O_CLOEXEC, 0);
        return fd < 0 ? -Errno.ENOENT : fd;
    }

    private static void put(Scratch scratch, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(bytes, 0, scratch.path, ValueLayout.JAVA_BYTE, 0, bytes.length);
        scratch.path.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    }
}
