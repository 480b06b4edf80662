package dev.pawl.sandbox.init;

import dev.pawl.sandbox.landlock.Ruleset;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds this thread, and the agent it becomes, to the programs of its orders. The kernel compares files, not names: a
 * copy is another file, and so is what is later renamed to a granted path.
 *
 * <p>A rule can only allow, and allows all below a directory. So that the programs of a hidden directory cannot be read,
 * no directory above it gets a rule itself; all its other children do.
 */
final class ProgramRules {
    private ProgramRules() {}

    static void apply(Orders.Programs programs) throws IOException {
        List<String> readable = new ArrayList<>(programs.readable());
        collect("/", programs.hidden(), readable);
        try (Ruleset rules = Ruleset.handling(Ruleset.EXECUTE | Ruleset.READ_FILE | Ruleset.REFER)) {
            rules.allow(programs.executable(), Ruleset.EXECUTE | Ruleset.READ_FILE);
            rules.allow(readable, Ruleset.READ_FILE);
            rules.allow(List.of("/"), Ruleset.REFER);
            rules.restrict();
        }
    }

    /** What lies in a directory above hidden ones, but not these. */
    private static void collect(String directory, List<String> hidden, List<String> into) {
        String[] names = new File(directory).list();
        for (String name : names == null ? new String[0] : names) {
            String path = directory + name;
            if (hidden.contains(path)) {
                continue;
            }
            if (isAboveOne(path + "/", hidden)) {
                collect(path + "/", hidden, into);
            } else {
                into.add(path);
            }
        }
    }

    private static boolean isAboveOne(String directory, List<String> hidden) {
        for (String each : hidden) {
            if (each.startsWith(directory)) {
                return true;
            }
        }
        return false;
    }
}
