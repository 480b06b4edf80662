package dev.pawl.sandbox;

import dev.pawl.core.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Control groups of one run, in whichever hierarchies this process may make one: version 2 (freeze, and with
 * controllers also limits) and the version 1 hierarchies pids and memory. An ordinary user usually has none of them
 * unless a service manager delegates. Thread-safe.
 */
final class Cgroup implements AutoCloseable {
    private static final String PREFIX = "pawl-";

    private final Optional<Path> unified;
    private final List<Path> all;
    private final boolean limitsProcesses;

    private Cgroup(Optional<Path> unified, List<Path> all, boolean limitsProcesses) {
        this.unified = unified;
        this.all = all;
        this.limitsProcesses = limitsProcesses;
    }

    /** Makes the groups and puts processes into them; what they start later follows. */
    static Cgroup make(String run, Budget budget, List<Integer> members) {
        List<Path> all = new ArrayList<>();
        Optional<Path> unified = Optional.empty();
        boolean limits = false;
        for (Hierarchy hierarchy : Hierarchy.own()) {
            Path group = hierarchy
                    .directory()
                    .resolve(PREFIX + run + "-" + ProcessHandle.current().pid());
            try {
                sweep(hierarchy.directory());
                Files.createDirectory(group);
                all.add(group);
                limits |= limit(hierarchy, group, budget);
                for (int member : members) {
                    Files.writeString(group.resolve("cgroup.procs"), String.valueOf(member));
                }
                if (hierarchy.unified()) {
                    unified = Optional.of(group);
                }
            } catch (IOException e) {
                remove(group);
                all.remove(group);
            }
        }
        return new Cgroup(unified, all, limits);
    }

    /** Whether the number of processes is limited here, so that it holds for root too. */
    boolean limitsProcesses() {
        return limitsProcesses;
    }

    /** Whether {@link #freeze} can work. */
    boolean canFreeze() {
        return unified.isPresent();
    }

    /** Stops or restarts every process at once; false where there is no version 2 group. */
    boolean freeze(boolean frozen) {
        if (unified.isEmpty()) {
            return false;
        }
        try {
            Files.writeString(unified.get().resolve("cgroup.freeze"), frozen ? "1" : "0");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the last freeze is complete. */
    boolean frozen() {
        return unified.isPresent()
                && read(unified.get().resolve("cgroup.events")).contains("frozen 1");
    }

    @Override
    public void close() {
        all.forEach(Cgroup::remove);
    }

    private static boolean limit(Hierarchy hierarchy, Path group, Budget budget) throws IOException {
        boolean limits = false;
        Path pids = group.resolve("pids.max");
        if (Files.exists(pids)) {
            // Process 1 of the sandbox and bubblewrap count here, and not in the budget.
            Files.writeString(pids, String.valueOf(budget.processes() + 2L));
            limits = true;
        }
        Path memory = group.resolve(hierarchy.unified() ? "memory.max" : "memory.limit_in_bytes");
        if (budget.memoryBytes().isPresent() && Files.exists(memory)) {
            Files.writeString(memory, String.valueOf(budget.memoryBytes().get()));
        }
        return limits;
    }

    /**
     * Removes groups that a killed Pawl left behind: they are empty, or the removal fails. One whose Pawl lives may be
     * empty too, between its making and its first member.
     */
    private static void sweep(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)
                        && !makerLives(String.valueOf(entry.getFileName()))
                        && read(entry.resolve("cgroup.procs")).isBlank()) {
                    remove(entry);
                }
            }
        }
    }

    /** The name ends in the process id of whoever made the group. */
    private static boolean makerLives(String name) {
        return Files.exists(Path.of("/proc", name.substring(name.lastIndexOf('-') + 1)));
    }

    private static void remove(Path group) {
        try {
            Files.deleteIfExists(group);
        } catch (IOException e) {
            // Still busy; the next run's sweep takes it.
            return;
        }
    }

    private static String read(Path file) {
        return ProcFs.read(file.toString());
    }

    /** One mounted hierarchy and the group this process is in. */
    private record Hierarchy(Path directory, boolean unified) {
        static List<Hierarchy> own() {
            List<Hierarchy> found = new ArrayList<>();
            for (String mount : ProcFs.read("/proc/self/mounts").split("\n", -1)) {
                String[] fields = mount.split(" ", -1);
                if (fields.length > 3 && fields[2].equals("cgroup2")) {
                    group("").ifPresent(own -> found.add(new Hierarchy(Path.of(fields[1] + own), true)));
                } else if (fields.length > 3 && fields[2].equals("cgroup")) {
                    for (String controller : List.of("pids", "memory")) {
                        if (List.of(fields[3].split(",", -1)).contains(controller)) {
                            group(controller)
                                    .ifPresent(own -> found.add(new Hierarchy(Path.of(fields[1] + own), false)));
                        }
                    }
                }
            }
            return found;
        }

        private static Optional<String> group(String controller) {
            for (String line : ProcFs.read("/proc/self/cgroup").split("\n", -1)) {
                String[] fields = line.split(":", 3);
                if (fields.length == 3 && List.of(fields[1].split(",", -1)).contains(controller)) {
                    return Optional.of(fields[2].equals("/") ? "" : fields[2]);
                }
            }
            return Optional.empty();
        }
    }
}
