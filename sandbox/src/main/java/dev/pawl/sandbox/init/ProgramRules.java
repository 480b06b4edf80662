package dev.pawl.sandbox.init;

import dev.pawl.sandbox.landlock.Ruleset;
import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.KernelException;
import java.io.File;
import java.io.IOException;
import java.util.List;

/**
 * Holds this thread, and the agent it becomes, to the programs of its orders. The kernel compares files, not names: a
 * copy is another file, and so is what is later renamed to a granted path.
 *
 * <p>A rule can only allow, and allows all below a directory. So that the programs of a hidden directory cannot be read,
 * every directory above it gets no rule itself; all its other children do.
 */
final class ProgramRules {
    private static final int O_PATH = 0x200000;
    private static final int O_NOFOLLOW = 0x20000;

    private final Ruleset rules;
    private final List<String> hidden;

    private ProgramRules(Ruleset rules, List<String> hidden) {
        this.rules = rules;
        this.hidden = hidden;
    }

    static void apply(Orders.Programs programs) throws IOException {
        try (Ruleset rules = Ruleset.handling(Ruleset.EXECUTE | Ruleset.READ_FILE | Ruleset.REFER)) {
            ProgramRules here = new ProgramRules(rules, programs.hidden());
            for (String program : programs.executable()) {
                here.executable(program);
            }
            for (String path : programs.readable()) {
                here.allow(path, Ruleset.READ_FILE);
            }
            here.readable("/");
            here.allow("/", Ruleset.REFER);
            rules.restrict();
        }
    }

    private void executable(String program) throws IOException {
        try {
            allow(program, Ruleset.EXECUTE | Ruleset.READ_FILE);
        } catch (KernelException e) {
            throw new IOException(
                    "the program " + program + " is granted, and not there in the sandbox: " + Errno.name(e.errno()),
                    e);
        }
    }

    /** Allows to read what lies in a directory above hidden ones, but not these. */
    private void readable(String directory) throws KernelException {
        String[] names = new File(directory).list();
        for (String name : names == null ? new String[0] : names) {
            String path = (directory.equals("/") ? "/" : directory + "/") + name;
            if (hidden.stream().anyMatch(each -> each.startsWith(path + "/"))) {
                readable(path);
            } else if (!hidden.contains(path)) {
                allow(path, Ruleset.READ_FILE);
            }
        }
    }

    private void allow(String path, long access) throws KernelException {
        try (Fd file = Fd.open(path, O_PATH | O_NOFOLLOW)) {
            rules.allow(file, access);
        }
    }
}
