package dev.pawl.core;

import java.util.List;

/**
 * A process of an agent as the kernel showed it when it tried something.
 *
 * @param pid process id as seen outside the sandbox
 * @param parent process id of the parent, seen outside
 * @param exe path of the program inside the sandbox, empty if it could not be read
 * @param argv arguments, at most {@value #MAX_ARGUMENTS} and {@value #MAX_ARGUMENT_BYTES} bytes together; cut ones end
 *     in …
 * @param cwd working directory inside the sandbox, empty if it could not be read
 * @param user name of the user the agent runs as
 */
public record ProcessInfo(int pid, int parent, String exe, List<String> argv, String cwd, String user) {
    public static final int MAX_ARGUMENTS = 256;
    public static final int MAX_ARGUMENT_BYTES = 16384;

    public ProcessInfo {
        argv = List.copyOf(argv);
    }
}
