package dev.pawl.cli.up;

import dev.pawl.cli.run.RunRequest;
import dev.pawl.cli.run.Signals;
import dev.pawl.sandbox.Stdio;
import dev.pawl.sandbox.linux.Channel;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.UnixSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** {@code pawl run} where a server is up: hands the run over and waits for its end. */
public final class Client {
    /** Where a server listens, below PAWL_HOME. */
    static final String SOCKET = "server.sock";

    private Client() {}

    /**
     * Lets the server run it. Empty if there is none, or if the run needs a terminal: that is joined by the process that
     * has it.
     *
     * @throws IOException if the server went away while the run was its own; the run is ended then
     */
    public static OptionalInt run(RunRequest request, Path pawlHome) throws IOException {
        Path path = pawlHome.resolve(SOCKET);
        if (!Files.exists(path) || Stdio.anyTerminal(0, 1, 2)) {
            return OptionalInt.empty();
        }
        UnixSocket connected;
        try {
            connected = UnixSocket.connect(path);
        } catch (IOException e) {
            // Left behind by a server that was killed.
            return OptionalInt.empty();
        }
        try (UnixSocket socket = connected;
                Fd memory = Fd.memory(Wire.encode(request))) {
            Channel channel = socket.channel();
            channel.send(Wire.message(Wire.REQUEST, ""), memory.number(), 0, 1, 2);
            Signals.forward(number -> signal(channel, number));
            return OptionalInt.of(answers(channel));
        }
    }

    private static int answers(Channel channel) throws IOException {
        while (true) {
            String message = new String(channel.receive().bytes(), StandardCharsets.UTF_8);
            if (message.isEmpty()) {
                throw new IOException("the server went away; the run has ended with it");
            }
            if (message.charAt(0) == Wire.EXIT) {
                return Integer.parseInt(message.substring(1));
            }
            System.err.println(message.substring(1));
        }
    }

    private static void signal(Channel channel, int number) {
        try {
            channel.send(Wire.message(Wire.SIGNAL, String.valueOf(number)));
        } catch (IOException e) {
            System.err.println("pawl: the server does not hear: " + e.getMessage());
        }
    }
}
