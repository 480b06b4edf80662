package dev.pawl.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Groups of a user, from wherever the machine keeps them. Stateless. */
public final class Groups {
    private static final int PATIENCE_SECONDS = 2;

    private Groups() {}

    /** Names of all groups of a user; none if they cannot be told. */
    public static Set<String> of(String user) {
        // As a name, never an option.
        ProcessBuilder id =
                new ProcessBuilder("/usr/bin/id", "-Gnz", "--", user).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = id.start();
            process.getOutputStream().close();
            byte[] names = process.getInputStream().readNBytes(1 << 16);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Set.of();
            }
            String text = new String(names, StandardCharsets.UTF_8);
            return process.exitValue() == 0 && !text.isEmpty() ? Set.copyOf(List.of(text.split("\0"))) : Set.of();
        } catch (IOException e) {
            return Set.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Set.of();
        }
    }
}
