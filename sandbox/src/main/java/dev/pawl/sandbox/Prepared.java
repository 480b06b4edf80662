package dev.pawl.sandbox;

import dev.pawl.sandbox.init.Init;
import dev.pawl.sandbox.landlock.Ruleset;
import dev.pawl.sandbox.linux.Channel;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sandbox whose init has started or is starting and has no command yet. Belongs to one thread until it becomes a
 * {@link Sandbox}; closing it ends it.
 */
public final class Prepared implements AutoCloseable {
    private static final Pattern CHILD = Pattern.compile("\"child-pid\"\\s*:\\s*(\\d+)");

    private final Blueprint blueprint;
    private final int outer;
    private final Fd channel;
    private final Fd info;
    private final Fd complaints;
    private final NoticeFile notices;
    private final LateFiles late;
    private boolean taken;

    private Prepared(
            Blueprint blueprint, int outer, Fd channel, Fd info, Fd complaints, NoticeFile notices, LateFiles late) {
        this.blueprint = blueprint;
        this.outer = outer;
        this.channel = channel;
        this.info = info;
        this.complaints = complaints;
        this.notices = notices;
        this.late = late;
    }

    /**
     * Starts bubblewrap and the init; returns without waiting for either.
     *
     * @param spool directory where the file of notices and the late files are made; on the file system where notices will be
     *     kept
     * @throws IOException if bubblewrap is missing or cannot be used, or the kernel lacks what the blueprint needs; the
     *     message says what to do
     */
    public static Prepared begin(Blueprint blueprint, Path spool) throws IOException {
        if (blueprint.programs().isPresent()) {
            Ruleset.require();
        }
        Path program = program();
        NoticeFile notices = NoticeFile.make(spool);
        try {
            LateFiles late = LateFiles.make(blueprint.late(), spool);
            try {
                Bubblewrap plan = Bubblewrap.plan(program, blueprint, notices.path(), late.paths());
                return begin(blueprint, plan, notices, late);
            } catch (IOException | RuntimeException e) {
                late.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            notices.close();
            throw e;
        }
    }

    private static Prepared begin(Blueprint blueprint, Bubblewrap plan, NoticeFile notices, LateFiles late)
            throws IOException {
        Map<Integer, Fd> given = new TreeMap<>();
        Fd nothing = Fd.open("/dev/null", 2);
        Fd.Pair pair = Fd.socketPair();
        Fd.Pair information = Fd.pipe();
        Fd.Pair errors = Fd.pipe();
        given.put(0, nothing);
        given.put(1, nothing);
        given.put(2, errors.second());
        given.put(Init.CHANNEL, pair.second());
        given.put(Bubblewrap.INFO, information.second());
        for (byte[] file : plan.data()) {
            given.put(Bubblewrap.FIRST_DATA + given.size() - 5, Fd.memory(file));
        }
        try {
            int outer = Spawner.spawn(plan.command(), given);
            return new Prepared(blueprint, outer, pair.first(), information.first(), errors.first(), notices, late);
        } finally {
            given.values().forEach(Fd::close);
        }
    }

    /** What it looks like inside. */
    public Blueprint blueprint() {
        return blueprint;
    }

    /** What the agent will read of its denials. Belongs to whoever uses the sandbox, who closes it. */
    public NoticeFile notices() {
        return notices;
    }

    /**
     * Gives the blueprint's late files their content, all of them, before the agent starts.
     *
     * @param contents path inside to content
     */
    public void fill(Map<Path, byte[]> contents) throws IOException {
        late.fill(contents);
    }

    /** Process id of bubblewrap itself, a child of this process. */
    int outer() {
        return outer;
    }

    /** Process id, seen from here, of the sandbox's process 1. */
    int processOne() throws IOException {
        String json = new String(info.readAll(), StandardCharsets.UTF_8);
        Matcher matcher = CHILD.matcher(json);
        if (!matcher.find()) {
            throw new IOException(trouble());
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** The next message of the init. */
    Channel.Message receive() throws IOException {
        return new Channel(channel.number()).receive();
    }

    Channel channel() {
        return new Channel(channel.number());
    }

    /** Whether it still waits; one that died is of no use. */
    public boolean waits() {
        long state = ProcFs.stat(outer, 3);
        return state != 0 && state != 'Z' && state != 'X';
    }

    /** It is used now; whoever uses it ends it. */
    void taken() {
        taken = true;
    }

    /** Ends one that was never used, and leaves one that is in use alone. */
    public void discard() {
        if (taken) {
            return;
        }
        taken = true;
        kill();
        var _ = Reaper.exit(outer);
        close();
        notices.close();
    }

    /** Ends it at once. */
    void kill() {
        Kernel.call(Sys.KILL, outer, 9, 0);
    }

    /** What bubblewrap or the JVM said before it gave up. */
    String trouble() throws IOException {
        kill();
        String said = new String(complaints.readAll(), StandardCharsets.UTF_8).strip();
        if (said.contains("setting up uid map") || said.contains("Creating new namespace failed")) {
            return "this kernel does not let an ordinary user make user namespaces (" + said
                    + "); allow it (sysctl kernel.unprivileged_userns_clone=1, or AppArmor's"
                    + " kernel.apparmor_restrict_unprivileged_userns=0) or run as root";
        }
        return "the sandbox could not be made: " + (said.isEmpty() ? "bubblewrap said nothing" : said);
    }

    @Override
    public void close() {
        channel.close();
        info.close();
        complaints.close();
        late.close();
    }

    private static Path program() throws IOException {
        for (String directory : List.of("/usr/bin", "/usr/local/bin", "/bin", "/run/current-system/sw/bin")) {
            Path path = Path.of(directory, "bwrap");
            if (Files.isExecutable(path)) {
                Object mode = Files.getAttribute(path, "unix:mode");
                if ((((Integer) mode) & 04000) != 0) {
                    throw new IOException(
                            path + " is setuid root; Pawl needs the ordinary one, whose namespaces belong to"
                                    + " the user who makes them (chmod u-s " + path + ")");
                }
                return path;
            }
        }
        throw new IOException("bubblewrap is not installed; on Debian and Ubuntu: apt-get install bubblewrap");
    }
}
