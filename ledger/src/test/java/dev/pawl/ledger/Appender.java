package dev.pawl.ledger;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A program that appends events from two threads and prints each id once it is acknowledged, until it is killed. */
final class Appender {
    private Appender() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Ledger file = Ledger.open(Path.of(arguments[0]))) {
            Thread second = Thread.ofPlatform().start(() -> append(file, out, arguments[1] + "b"));
            append(file, out, arguments[1] + "a");
            second.join();
        }
    }

    static Event event(String id) {
        ProcessInfo process = new ProcessInfo(7, 6, "/bin/x", List.of("x", "y".repeat(300)), "/", "dev");
        return new Event(
                id, Instant.EPOCH, "agent", "r-1", null, process, new Body.FileAccess("/p", "read", true), null);
    }

    private static void append(Ledger file, PrintStream out, String name) {
        for (int i = 0; i < 2_000_000; i++) {
            try {
                file.append(event(name + i));
            } catch (IOException e) {
                out.println("failed " + e.getMessage());
                return;
            }
            out.println(name + i);
        }
    }
}
