package dev.pawl.sandbox;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.ProcessInfo;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.FileStatus;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.seccomp.Notifications.Call;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Describes exactly what a waiting call would do, for a person to agree to: with digests of everything that decides what
 * it does. Everything is read anew each time. Thread-safe.
 */
final class Acts {
    /** Files named by arguments that are looked into; a command line that names more cannot be asked about. */
    static final int MAX_NAMED = 64;

    private static final int MAX_CMDLINE = 4 << 20;
    private static final int O_PATH = 0x200000;

    /** The most variables that are looked at; a call with more is one nobody can be asked about. */
    private static final int MAX_VARIABLES = 4_096;

    private static final int MAX_VARIABLE_BYTES = 2_048;
    /** What every shell changes, and what changes nothing about what a program does. */
    private static final Set<String> USUAL = Set.of("_", "SHLVL", "PWD", "OLDPWD");

    private final Processes processes;
    private final ProgramFinder programs;
    private final Root root;
    private final Map<String, String> begun;

    /** {@code begun} is the environment the run began with. */
    Acts(Processes processes, ProgramFinder programs, Root root, Map<String, String> begun) {
        this.begun = Map.copyOf(begun);
        this.processes = processes;
        this.programs = programs;
        this.root = root;
    }

    /** What a call of execve or execveat would run. */
    Act exec(Call call) throws IOException {
        ProcessInfo caller = processes.caller(call.tid());
        Processes.ExecRequest request = processes.requested(caller, call);
        List<String> argv = request.program().argv();
        long arguments = Processes.arguments(call);
        List<String> changed = changed(call);
        try (Fd file = programs.open(request)) {
            return new Act.Exec(
                    programs.name(file),
                    Contents.digest(file),
                    argv,
                    AgentMemory.digest(call.tid(), arguments),
                    caller.cwd(),
                    caller.user(),
                    AgentMemory.digest(call.tid(), Processes.environment(call)),
                    changed,
                    named(call.tid(), argv, changed));
        }
    }

    /** A connection to these addresses. */
    Act connect(int tid, Attempt.Connect target, List<InetAddress> addresses) throws IOException {
        return new Act.Connect(caller(tid), target.transport(), target.host(), addresses, target.port());
    }

    private Act.Caller caller(int tid) throws IOException {
        ProcessInfo process = processes.caller(tid);
        try (Fd exe = Fd.open("/proc/" + tid + "/exe", O_PATH)) {
            return new Act.Caller(
                    process.exe(),
                    Contents.digest(exe),
                    process.argv(),
                    commandLine(process.pid()),
                    process.cwd(),
                    process.user());
        }
    }

    private static String commandLine(int pid) throws IOException {
        MessageDigest digest = Contents.sha256();
        try (InputStream in = Files.newInputStream(Path.of("/proc/" + pid + "/cmdline"))) {
            byte[] all = in.readNBytes(MAX_CMDLINE);
            if (all.length == MAX_CMDLINE) {
                throw new IOException("the command line is too long to be asked about");
            }
            digest.update(all);
        }
        return Contents.hex(digest);
    }

    private List<String> changed(Call call) throws IOException {
        List<String> all =
                AgentMemory.beginnings(call.tid(), Processes.environment(call), MAX_VARIABLES, MAX_VARIABLE_BYTES);
        if (all.size() == MAX_VARIABLES) {
            throw new IOException("there are more than " + MAX_VARIABLES + " environment variables");
        }
        return all.stream().filter(this::isChanged).sorted().toList();
    }

    private boolean isChanged(String variable) {
        int equals = variable.indexOf('=');
        String name = equals < 0 ? variable : variable.substring(0, equals);
        return !USUAL.contains(name) && !(name + "=" + begun.get(name)).equals(variable);
    }

    /**
     * Whatever an argument names, whole, after its equals sign or after the letter of an option, and whatever a changed
     * variable lists, if that is a file now.
     */
    private Map<String, String> named(int tid, List<String> argv, List<String> changed) throws IOException {
        Set<String> paths = new TreeSet<>();
        for (String argument : argv.subList(Math.min(1, argv.size()), argv.size())) {
            paths.add(argument.startsWith("-") ? argument.substring(argument.indexOf('=') + 1) : argument);
            if (argument.startsWith("-") && argument.length() > 2) {
                paths.add(argument.substring(2));
            }
        }
        for (String variable : changed) {
            paths.addAll(List.of(variable.substring(variable.indexOf('=') + 1).split("[: ]")));
        }
        Map<String, String> named = new TreeMap<>();
        for (String path : paths) {
            if (!path.isEmpty() && !path.endsWith("…")) {
                look(tid, path, named);
            }
        }
        return named;
    }

    private void look(int tid, String path, Map<String, String> into) throws IOException {
        try (Fd file = root.resolve(tid, path)) {
            if (!FileStatus.of(file).isRegular()) {
                return;
            }
            if (into.size() == MAX_NAMED) {
                throw new IOException("the command line names more than " + MAX_NAMED + " files");
            }
            into.put(path, Contents.digest(file));
        } catch (KernelException e) {
            // No file of that name: then it is just a word.
            return;
        }
    }
}
