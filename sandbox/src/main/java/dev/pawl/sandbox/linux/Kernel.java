package dev.pawl.sandbox.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One way into the kernel and libc. All calls share a single native signature (seven longs in, one long out), because
 * each signature costs milliseconds to link at start-up and surplus register arguments are ignored by both calling
 * conventions Pawl runs on. Thread-safe; calls block the calling platform thread.
 */
public final class Kernel {
    /** This machine's architecture. */
    public static final Arch ARCH = Arch.current();

    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle CALL = LINKER.downcallHandle(
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
            Linker.Option.captureCallState("errno"));
    private static final MemorySegment SYSCALL =
            LINKER.defaultLookup().find("syscall").orElseThrow();
    // The capture segment holds errno alone on Linux.
    private static final ThreadLocal<MemorySegment> ERRNO =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private Kernel() {}

    /** Makes a system call; returns its result, or the error number negated. */
    public static long call(Sys sys, long a, long b, long c, long d, long e, long f) {
        int number = sys.number(ARCH);
        if (number < 0) {
            return -Errno.ENOSYS;
        }
        MemorySegment errno = ERRNO.get();
        try {
            long result = (long) CALL.invokeExact(SYSCALL, errno, (long) number, a, b, c, d, e, f);
            return result == -1 ? -errno.get(ValueLayout.JAVA_INT, 0) : result;
        } catch (Throwable t) {
            throw new IllegalStateException("the native call itself failed", t);
        }
    }

    /** As the long form, missing arguments are zero. */
    public static long call(Sys sys, long a, long b, long c) {
        return call(sys, a, b, c, 0, 0, 0);
    }

    /** As the long form, missing arguments are zero. */
    public static long call(Sys sys, long a, long b, long c, long d) {
        return call(sys, a, b, c, d, 0, 0);
    }

    /** As {@link #call}, repeated while a signal interrupts it. */
    public static long retry(Sys sys, long a, long b, long c, long d) {
        while (true) {
            long result = call(sys, a, b, c, d, 0, 0);
            if (result != -Errno.EINTR) {
                return result;
            }
        }
    }

    /**
     * Makes a system call that must succeed.
     *
     * @throws KernelException if it fails
     */
    public static long check(Sys sys, long a, long b, long c, long d) throws KernelException {
        long result = retry(sys, a, b, c, d);
        if (result < 0) {
            throw new KernelException(sys, (int) -result);
        }
        return result;
    }

    /** As the shorter form, for five arguments. */
    public static long check(Sys sys, long a, long b, long c, long d, long e) throws KernelException {
        long result = call(sys, a, b, c, d, e, 0);
        if (result < 0) {
            throw new KernelException(sys, (int) -result);
        }
        return result;
    }

    /** As the long form, missing arguments are zero. */
    public static long check(Sys sys, long a, long b, long c) throws KernelException {
        return check(sys, a, b, c, 0);
    }

    /** Set-user-id and file capabilities count no more for this thread and what it starts or becomes. */
    public static void noNewPrivileges() throws KernelException {
        check(Sys.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0);
    }

    /** Calls a function of libc by name, arguments as longs; the result is truncated to int. */
    public static int libc(String function, long a, long b, long c, long d, long e, long f) {
        MemorySegment address = LINKER.defaultLookup()
                .find(function)
                .orElseThrow(() -> new UnsupportedOperationException("this libc has no " + function));
        try {
            return (int) (long) CALL.invokeExact(address, ERRNO.get(), a, b, c, d, e, f, 0L);
        } catch (Throwable t) {
            throw new IllegalStateException("the native call itself failed", t);
        }
    }

    /** A zero-terminated copy of the text's UTF-8 bytes. Java's own file names decode and encode as UTF-8 too. */
    public static MemorySegment text(Arena arena, String text) {
        return bytes(arena, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A zero-terminated copy of the bytes. */
    public static MemorySegment bytes(Arena arena, byte[] bytes) {
        MemorySegment segment = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    /** A null-terminated array of pointers to zero-terminated texts, as execve wants it. */
    public static MemorySegment vector(Arena arena, List<String> texts) {
        MemorySegment vector = arena.allocate(8L * (texts.size() + 1), 8);
        for (int i = 0; i < texts.size(); i++) {
            vector.set(ValueLayout.JAVA_LONG, 8L * i, text(arena, texts.get(i)).address());
        }
        return vector;
    }
}
