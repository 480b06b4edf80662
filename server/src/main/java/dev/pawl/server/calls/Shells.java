package dev.pawl.server.calls;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Programs that run a text given to them. */
final class Shells {
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "zsh", "ksh", "mksh", "fish", "ash", "busybox", "rbash");

    private static final Set<String> OTHERS = Set.of(
            "env",
            "sudo",
            "timeout",
            "nohup",
            "setsid",
            "stdbuf",
            "nice",
            "ionice",
            "script",
            "unbuffer",
            "time",
            "chroot",
            "unshare",
            "bwrap",
            "codex",
            "codex-linux-sandbox",
            "xargs",
            "su",
            "runuser",
            "flock",
            "strace",
            "watch",
            "node",
            "nodejs",
            "bun",
            "python",
            "python3",
            "perl",
            "ruby",
            "deno",
            "php");

    private Shells() {}

    /** Whether a command line may hold a command of somebody else as a text. */
    static boolean wraps(List<String> argv) {
        String name = name(argv);
        return SHELLS.contains(name) || OTHERS.contains(name) || name.startsWith("python3.");
    }

    /** Whether it is a shell that reads what it does from its input: no text and no file of commands is given to it. */
    static boolean listens(List<String> argv) {
        if (!SHELLS.contains(name(argv))) {
            return false;
        }
        boolean operand = false;
        for (String argument : argv.subList(1, argv.size())) {
            if (argument.startsWith("-") && !argument.startsWith("--") && argument.contains("c")) {
                return false;
            }
            operand |= !argument.startsWith("-") && !argument.startsWith("+");
        }
        return !operand || argv.contains("-s");
    }

    /** The first argument that is no option and no assignment: the file a shell or an interpreter runs. */
    static Optional<String> operand(List<String> argv) {
        return argv.stream()
                .skip(1)
                .filter(argument -> !argument.startsWith("-") && !argument.startsWith("+"))
                .findFirst();
    }

    private static String name(List<String> argv) {
        String first = argv.isEmpty() ? "" : argv.getFirst();
        String plain = first.startsWith("-") ? first.substring(1) : first;
        return plain.substring(plain.lastIndexOf('/') + 1);
    }
}
