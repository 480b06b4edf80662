package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CompletableFuture;

/** Waits for a child of this process that the JVM does not know of. */
final class Reaper {
    private Reaper() {}

    /** Completes with the exit code, 128 plus the signal for one that was killed. */
    static CompletableFuture<Integer> exit(int pid) {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("pawl-reaper").start(() -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment status = arena.allocate(4, 4);
                long result = Kernel.retry(Sys.WAIT4, pid, status.address(), 0, 0);
                int value = status.get(ValueLayout.JAVA_INT, 0);
                int signal = value & 0x7f;
                exit.complete(result < 0 ? 255 : signal == 0 ? value >> 8 & 0xff : 128 + signal);
            }
        });
        return exit;
    }
}
