package dev.pawl.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Where Pawl keeps its state: $PAWL_HOME, or .pawl in the user's home. */
public record Home(Path root) {
    private static final Pattern RUN = Pattern.compile("r-[a-z0-9]{1,32}");

    /**
     * The home named by the environment, created if need be, readable by its owner only.
     *
     * @param environment where PAWL_HOME may stand
     * @param userHome the user's home directory
     * @throws IOException if it cannot be made, belongs to another user or others may write to it
     */
    public static Home of(Map<String, String> environment, Path userHome) throws IOException {
        String named = environment.getOrDefault("PAWL_HOME", "");
        return open(named.isEmpty() ? userHome.resolve(".pawl") : Path.of(named));
    }

    /**
     * Opens a home, creating it if need be.
     *
     * @throws IOException if it cannot be made, belongs to another user or others may write to it
     */
    public static Home open(Path root) throws IOException {
        Home home = new Home(root.toAbsolutePath().normalize());
        makePrivate(home.root);
        makePrivate(home.runs());
        return home;
    }

    /** Holds one directory for each run. */
    public Path runs() {
        return root.resolve("runs");
    }

    /** Holds files of runs whose directory is not made yet. */
    public Path spool() {
        return root.resolve("spool");
    }

    /**
     * The directory of one run, whether it is there or not.
     *
     * @throws IllegalArgumentException if the text is no run id
     */
    public RunDirectory runDirectory(String run) {
        if (!RUN.matcher(run).matches()) {
            throw new IllegalArgumentException("not a run id: " + run);
        }
        return new RunDirectory(runs().resolve(run));
    }

    private static void makePrivate(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + " is not a directory; set PAWL_HOME to another place");
        }
        if ((int) Files.getAttribute(directory, "unix:uid") != Users.own()) {
            throw new IOException(directory + " belongs to user "
                    + Files.getOwner(directory).getName() + "; set PAWL_HOME to a directory of your own");
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(directory + " may be written to by others; run: chmod 700 " + directory);
        }
    }
}
