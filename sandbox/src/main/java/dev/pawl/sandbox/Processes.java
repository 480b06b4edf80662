package dev.pawl.sandbox;

import dev.pawl.core.ProcessInfo;
import dev.pawl.sandbox.linux.Sys;
import dev.pawl.sandbox.seccomp.Notifications.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Describes the process behind a notified call. Thread-safe. */
final class Processes {
    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int MAX_CHAIN = 16;

    private final String user;

    Processes(String user) {
        this.user = user;
    }

    /**
     * A call that asks for a program.
     *
     * @param tid the thread that asks, as seen outside
     * @param program what it would become; its exe is the path as named, from / on
     * @param descriptor the open file it named instead of a path (fexecve)
     */
    record ExecRequest(int tid, ProcessInfo program, OptionalInt descriptor) {}

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
    ExecRequest requested(ProcessInfo caller, Call call) {
        return switch (call.sys()) {
            case EXECVEAT -> {
                int descriptor = (int) call.a();
                String path = AgentMemory.text(call.tid(), call.b());
                boolean byDescriptor = path.isEmpty() && (call.e() & AT_EMPTY_PATH) != 0;
                String base = descriptor == AT_FDCWD
                        ? caller.cwd()
                        : ProcFs.link("/proc/" + call.tid() + "/fd/" + descriptor);
                ProcessInfo program =
                        program(caller, path.isEmpty() ? base : against(base, path), call.tid(), call.c());
                yield new ExecRequest(
                        call.tid(), program, byDescriptor ? OptionalInt.of(descriptor) : OptionalInt.empty());
            }
            default ->
                new ExecRequest(
                        call.tid(),
                        program(
                                caller,
                                against(caller.cwd(), AgentMemory.text(call.tid(), call.a())),
                                call.tid(),
                                call.b()),
                        OptionalInt.empty());
        };
    }

    /** Where the arguments of a call that asks for a program lie. */
    static long arguments(Call call) {
        return call.sys() == Sys.EXECVEAT ? call.c() : call.b();
    }

    /** Where its environment lies. */
    static long environment(Call call) {
        return call.sys() == Sys.EXECVEAT ? call.d() : call.c();
    }

    /** A process and its parents up to the first of the run, which bubblewrap's process 1 started. */
    List<ProcessInfo> chain(int tid) {
        List<ProcessInfo> chain = new ArrayList<>();
        ProcessInfo process = caller(tid);
        while (chain.size() < MAX_CHAIN && process.pid() > 1 && ProcFs.inner(process.pid()) > 1) {
            chain.add(process);
            process = caller(process.parent());
        }
        return chain;
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
