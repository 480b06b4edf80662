package dev.pawl.cli.up;

import dev.pawl.sandbox.Blueprint;
import dev.pawl.sandbox.Prepared;
import dev.pawl.sandbox.programs.ProgramSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sandboxes made ahead for what was run lately: agents are started again and again with the same charter in the same
 * workspace. One spare a blueprint, {@value #MOST} in all, the oldest goes first. A spare is used only if every path it
 * shows still is the file it was when the spare was made. Thread-safe.
 */
final class Pool implements AutoCloseable {
    private static final int MOST = 8;

    private record Spare(Blueprint blueprint, List<String> identities, Prepared prepared) {}

    private final Path spool;
    private final Deque<Spare> spares = new ArrayDeque<>();
    private boolean closed;

    /** {@code spool} is where files of notices are made. */
    Pool(Path spool) {
        this.spool = spool;
    }

    /** A sandbox of this blueprint, made ahead or now. */
    Prepared take(Blueprint blueprint) throws IOException {
        List<String> now = identities(blueprint);
        synchronized (this) {
            for (Spare spare : List.copyOf(spares)) {
                if (spare.blueprint.equals(blueprint)) {
                    spares.remove(spare);
                    if (spare.identities.equals(now) && spare.prepared.waits()) {
                        return spare.prepared;
                    }
                    spare.prepared.discard();
                }
            }
        }
        return Prepared.begin(blueprint, spool);
    }

    /** Makes one ahead for the next run like this. */
    void replenish(Blueprint blueprint) {
        try {
            Spare spare = new Spare(blueprint, identities(blueprint), Prepared.begin(blueprint, spool));
            synchronized (this) {
                if (closed || spares.stream().anyMatch(each -> each.blueprint.equals(blueprint))) {
                    spare.prepared.discard();
                    return;
                }
                spares.addLast(spare);
                if (spares.size() > MOST) {
                    spares.removeFirst().prepared.discard();
                }
            }
        } catch (IOException e) {
            // The next run makes its own, and says what is wrong.
            return;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        spares.forEach(spare -> spare.prepared.discard());
        spares.clear();
    }

    /** Device and inode of everything that is mounted by path. */
    private static List<String> identities(Blueprint blueprint) throws IOException {
        List<String> identities = new ArrayList<>();
        for (Path path : Stream.of(
                        List.of(blueprint.workspace()),
                        blueprint.read(),
                        blueprint.write(),
                        blueprint.protectedPaths(),
                        blueprint.programs().map(ProgramSet::executable).orElse(List.of()),
                        List.of(blueprint.initJar()))
                .flatMap(List::stream)
                .toList()) {
            identities.add(
                    path + " " + Files.getAttribute(path, "unix:dev") + " " + Files.getAttribute(path, "unix:ino"));
        }
        return identities;
    }
}
