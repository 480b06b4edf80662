package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts child processes that die with this one, with exactly the descriptors they are given.
 *
 * <p>All children are started from one thread that lives as long as the JVM: {@code PR_SET_PDEATHSIG}, which
 * bubblewrap's {@code --die-with-parent} uses, fires when the <em>thread</em> that started the child ends.
 */
final class Spawner {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("pawl-spawner").unstarted(task));
    // Larger than posix_spawn_file_actions_t and posix_spawnattr_t of glibc (80 and 336 bytes).
    private static final int OPAQUE = 1024;
    private static final int SETSIGMASK = 0x08;
    private static final int SETSIGDEF = 0x04;
    /**
     * In a process group of its own: what a terminal or a shell sends to the group, such as a hangup, is for this process,
     * which passes it on to the agent; it would end bubblewrap, and with that the agent, whatever that wants to do about it.
     */
    private static final int SETPGROUP = 0x02;

    private Spawner() {}

    /**
     * Starts a program with an empty environment.
     *
     * @param fds descriptor number in the child to the descriptor here; all others are closed
     * @return the process id
     */
    static int spawn(List<String> command, Map<Integer, Fd> fds) throws IOException {
        try {
            return THREAD.submit(() -> spawnHere(command, fds)).get();
        } catch (ExecutionException e) {
            throw new IOException("cannot start " + command.getFirst() + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting " + command.getFirst(), e);
        }
    }

    private static int spawnHere(List<String> command, Map<Integer, Fd> fds) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(OPAQUE, 16);
            MemorySegment attributes = arena.allocate(OPAQUE, 16);
            MemorySegment signals = arena.allocate(128, 8);
            MemorySegment pid = arena.allocate(4, 4);
            call("posix_spawn_file_actions_init", actions.address(), 0, 0);
            call("posix_spawnattr_init", attributes.address(), 0, 0);
            call("posix_spawnattr_setsigmask", attributes.address(), signals.address(), 0);
            call("sigfillset", signals.address(), 0, 0);
            call("posix_spawnattr_setsigdefault", attributes.address(), signals.address(), 0);
            call("posix_spawnattr_setflags", attributes.address(), SETSIGMASK | SETSIGDEF | SETPGROUP, 0);
            int highest =
                    fds.keySet().stream().mapToInt(Integer::intValue).max().orElse(2);
            // A source may have a number that is a target of another: move all sources out of the way first.
            int aside = Math.max(
                            highest,
                            fds.values().stream().mapToInt(Fd::number).max().orElse(2))
                    + 1;
            int next = aside;
            for (Fd fd : fds.values()) {
                call("posix_spawn_file_actions_adddup2", actions.address(), fd.number(), next++);
            }
            next = aside;
            for (int target : fds.keySet()) {
                call("posix_spawn_file_actions_adddup2", actions.address(), next++, target);
            }
            call("posix_spawn_file_actions_addclosefrom_np", actions.address(), highest + 1, 0);
            int failed = Kernel.libc(
                    "posix_spawn",
                    pid.address(),
                    Kernel.text(arena, command.getFirst()).address(),
                    actions.address(),
                    attributes.address(),
                    Kernel.vector(arena, command).address(),
                    Kernel.vector(arena, List.of()).address());
            call("posix_spawn_file_actions_destroy", actions.address(), 0, 0);
            call("posix_spawnattr_destroy", attributes.address(), 0, 0);
            if (failed != 0) {
                throw new IOException(Errno.name(failed));
            }
            return pid.get(ValueLayout.JAVA_INT, 0);
        }
    }

    private static void call(String function, long a, long b, long c) throws IOException {
        int failed = Kernel.libc(function, a, b, c, 0, 0, 0);
        if (failed != 0) {
            throw new IOException(function + ": " + Errno.name(failed));
        }
    }
}
