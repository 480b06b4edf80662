package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files as a process of a sandbox sees them. Stateless. */
public final class AgentFiles {
    private AgentFiles() {}

    /**
     * What is in a file now; empty where there is no regular file of that name, it is longer, or the process is gone. Links are
     * followed within the sandbox.
     *
     * @param path as the process would name it
     * @param most bytes
     */
    public static Optional<byte[]> read(int pid, String path, int most) {
        try (Root root = new Root(pid);
                Fd file = root.resolve(pid, path)) {
            if (!FileStatus.of(file).isRegular()) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(Path.of("/proc/self/fd/" + file.number()))) {
                byte[] all = in.readNBytes(most + 1);
                return all.length > most ? Optional.empty() : Optional.of(all);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
