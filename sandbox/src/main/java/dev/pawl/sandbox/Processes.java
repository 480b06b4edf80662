package dev.pawl.sandbox;

import dev.pawl.core.ProcessInfo;
import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.seccomp.Notifications.Call;
import java.util.List;
import java.util.Optional;

/** Describes the process behind a notified call. Thread-safe. */
final class Processes {
    private static final int AT_FDCWD = -100;

    private final String user;
    private final Root root;

    Processes(String user, Root root) {
        this.user = user;
        this.root = root;
    }

    /** The process as the kernel shows it now. */
    ProcessInfo caller(int tid) {
        ProcFs.Ids ids = ProcFs.ids(tid);
        int pid = ids.group() == 0 ? tid : ids.group();
        return new ProcessInfo(
                pid,
                ids.parent(),
                ProcFs.link("/proc/" + tid + "/exe"),
                cut(ProcFs.arguments(pid)),
                ProcFs.link("/proc/" + tid + "/cwd"),
                user);
    }

    /** The program a process is about to become, as its call names it. */
    ProcessInfo program(ProcessInfo caller, Call call) {
        return switch (call.sys()) {
            case EXECVEAT -> {
                String path = AgentMemory.text(call.tid(), call.b());
                String base = (int) call.a() == AT_FDCWD
                        ? caller.cwd()
                        : ProcFs.link("/proc/" + call.tid() + "/fd/" + (int) call.a());
                yield program(caller, path.isEmpty() ? base : against(base, path), call.tid(), call.c());
            }
            default ->
                program(caller, against(caller.cwd(), AgentMemory.text(call.tid(), call.a())), call.tid(), call.b());
        };
    }

    /**
     * Real path inside the sandbox of the file a program would run from: empty text where it cannot be told, nothing
     * where there certainly is no such file. /proc means other things to its reader and is never looked into.
     */
    Optional<String> file(Call call, ProcessInfo program) {
        if (program.exe().startsWith("/proc/")
                || program.exe().startsWith("/dev/")
                || program.exe().isEmpty()) {
            return Optional.of("");
        }
        try (Fd file = root.resolve(call.tid(), program.exe())) {
            return Optional.of(ProcFs.link("/proc/self/fd/" + file.number()));
        } catch (KernelException e) {
            return e.errno() == Errno.ENOENT ? Optional.empty() : Optional.of("");
        }
    }

    private ProcessInfo program(ProcessInfo caller, String path, int tid, long arguments) {
        return new ProcessInfo(
                caller.pid(), caller.parent(), path, AgentMemory.texts(tid, arguments), caller.cwd(), user);
    }

    private static String against(String base, String path) {
        return path.startsWith("/") ? path : base + "/" + path;
    }

    private static List<String> cut(List<String> arguments) {
        return arguments.size() <= ProcessInfo.MAX_ARGUMENTS
                ? arguments
                : arguments.subList(0, ProcessInfo.MAX_ARGUMENTS);
    }
}
