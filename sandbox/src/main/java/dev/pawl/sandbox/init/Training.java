package dev.pawl.sandbox.init;

import dev.pawl.sandbox.linux.Channel;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.seccomp.Filter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Walks the init's way without becoming anything, so that a JVM started with it can write an AOT cache on exit. */
public final class Training {
    private Training() {}

    public static void main(String[] args) throws IOException {
        try (Fd.Pair pair = Fd.socketPair();
                Arena arena = Arena.ofConfined()) {
            Channel near = new Channel(pair.first().number());
            Channel far = new Channel(pair.second().number());
            Sockets.open().sendTo(near);
            far.receive().fds().forEach(Fd::close);
            Path file = Files.createTempDirectory("pawl").resolve("directory/file");
            Orders orders = new Orders(
                    List.of("true"),
                    List.of("PATH=/usr/bin"),
                    "/",
                    List.of(new Orders.SmallFile(file.toString(), 0600, "text")),
                    List.of(false, false, false),
                    0,
                    0,
                    List.of(new Orders.Limit(4, 0)),
                    Optional.of(new Orders.Programs(List.of("/"), List.of("/usr/bin"), List.of("/dev"))));
            try (Fd memory = Fd.memory(orders.encode())) {
                far.send(new byte[] {'O'}, memory.number());
                Orders decoded;
                try (Fd received = near.receive().fds().getFirst()) {
                    decoded = Orders.decode(received.readAll());
                }
                SmallFiles.write(decoded.files());
                Init.limit(decoded.limits());
                Execution.prepare(arena, decoded);
                Filter.assembled(arena, true);
                // Last, as it binds this thread: it may run nothing that is no directory.
                learnRules(decoded.programs().orElseThrow());
            }
        }
    }

    private static void learnRules(Orders.Programs programs) throws IOException {
        try {
            ProgramRules.apply(programs);
        } catch (KernelException e) {
            // A kernel without Landlock runs no agent whose programs are named; there is nothing to learn.
            return;
        }
    }
}
