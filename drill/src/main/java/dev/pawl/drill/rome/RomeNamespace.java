package dev.pawl.drill.rome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a command in a network namespace of its own, in which {@link RomeWorld#ADDRESSES} are local and nothing else
 * can be reached.
 *
 * <p>The user and the files stay those outside; the network, the resolver's configuration and the sockets of local
 * resolver daemons (which would carry questions out of the namespace) differ. Processes are numbered anew: whatever an
 * act leaves running dies with the command, however that ends. Everybody may listen on ports below 1024 there. The
 * command holds no capability it would not hold outside, so Pawl's own sandbox works inside. An ordinary user gets the namespace from a user namespace; root makes it directly, and falls back on a user
 * namespace where it lacks the capabilities. The command dies with the process that started it.
 */
public final class RomeNamespace {
    private static final String RESOLVER = "nameserver " + RomeWorld.NAME_SERVER + "\noptions timeout:1 attempts:1\n";
    private static final String SWITCH = "hosts: files dns\n";

    /** Sockets by which libc would ask a daemon outside the namespace. */
    private static final List<Path> DAEMONS =
            List.of(Path.of("/run/systemd/resolve"), Path.of("/run/nscd"), Path.of("/var/run/nscd"));

    private static final long NET_ADMIN = 1L << 12;
    private static final long SYS_ADMIN = 1L << 21;

    private RomeNamespace() {}

    /**
     * The argument vector that runs {@code command} inside.
     *
     * @param scratch an existing directory; two small files are written there and must stay while the command runs
     */
    public static List<String> command(Path scratch, List<String> command) throws IOException {
        List<String> argv = new ArrayList<>(List.of("bwrap", "--unshare-net", "--unshare-pid", "--die-with-parent"));
        if (!mayMakeNamespaces()) {
            argv.add("--unshare-user");
        }
        argv.addAll(List.of("--cap-add", "CAP_NET_ADMIN", "--cap-add", "CAP_SYS_ADMIN"));
        argv.addAll(List.of("--dev-bind", "/", "/"));
        for (Path daemon : DAEMONS) {
            if (Files.isDirectory(daemon)) {
                argv.addAll(List.of("--tmpfs", daemon.toRealPath().toString()));
            }
        }
        replace(argv, Path.of("/etc/resolv.conf"), Files.writeString(scratch.resolve("resolv.conf"), RESOLVER));
        replace(argv, Path.of("/etc/nsswitch.conf"), Files.writeString(scratch.resolve("nsswitch.conf"), SWITCH));
        argv.addAll(List.of("--", "perl", "-e", Resources.text("namespace.pl")));
        argv.addAll(RomeWorld.ADDRESSES);
        argv.add("--");
        argv.addAll(command);
        return List.copyOf(argv);
    }

    /** Binds over the file a link leads to, because a bind mount follows the link out of the new root. */
    private static void replace(List<String> argv, Path file, Path by) throws IOException {
        if (Files.exists(file)) {
            argv.addAll(List.of(
                    "--ro-bind", by.toRealPath().toString(), file.toRealPath().toString()));
        }
    }

    private static boolean mayMakeNamespaces() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("CapEff:")) {
                long capabilities = Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16);
                return (capabilities & NET_ADMIN) != 0 && (capabilities & SYS_ADMIN) != 0;
            }
        }
        return false;
    }
}
