package dev.pawl.sandbox;

import dev.pawl.sandbox.init.Orders;
import dev.pawl.sandbox.programs.ProgramSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a sandbox looks like from inside, before it is known which command will run in it. Two runs with equal blueprints
 * could share a sandbox that was prepared ahead.
 *
 * @param user name of the user the agent runs as; its numeric id is that of the invoking user
 * @param home home directory inside, private and empty at first; same path as outside so that paths match
 * @param workspace real path of the one directory the agent may change
 * @param read further real paths, visible read-only
 * @param write further real paths, visible read-write
 * @param protectedPaths paths inside writable ones that are read-only all the same (the charter)
 * @param texts files made for the agent, readable and never writable: path inside, in the private home or below /run/pawl,
 *     to content
 * @param late files made for the agent whose content differs from run to run: paths inside, over whatever is there
 * @param links paths that lead to visible ones by a symbolic link, because that is what they are called by
 * @param programs the only programs that may run, or empty for any that can be seen
 * @param tmpBytes size of /tmp, /dev/shm and home, each
 * @param java home directory of the JDK the init runs on
 * @param initJar this module's jar
 * @param initCache the init's AOT cache, if it was made
 */
public record Blueprint(
        String user,
        Path home,
        Path workspace,
        List<Path> read,
        List<Path> write,
        List<Path> protectedPaths,
        Map<Path, String> texts,
        List<Path> late,
        Map<Path, Path> links,
        Optional<ProgramSet> programs,
        long tmpBytes,
        Path java,
        Path initJar,
        Optional<Path> initCache) {
    public Blueprint {
        read = List.copyOf(read);
        write = List.copyOf(write);
        protectedPaths = List.copyOf(protectedPaths);
        texts = Map.copyOf(texts);
        late = List.copyOf(late);
        links = Map.copyOf(links);
    }

    /** What the init is told of the programs. */
    Optional<Orders.Programs> programOrders() {
        // Standard descriptors of the host's /dev/null are opened anew by way of /proc/self/fd.
        Stream<Path> readable = Stream.of(read, write, List.of(workspace, home, Path.of("/dev/null")))
                .flatMap(List::stream);
        return programs.map(set ->
                new Orders.Programs(texts(set.executable().stream()), texts(set.hidden().stream()), texts(readable)));
    }

    private static List<String> texts(Stream<Path> paths) {
        return paths.map(Path::toString).toList();
    }
}
