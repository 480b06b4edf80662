package dev.pawl.cli.demo;

import dev.pawl.drill.rome.Acts;
import dev.pawl.server.Home;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The part of the demo inside its namespace: the rehearsal, shown. */
final class Inside {
    private static final int INTERRUPTED = 130;

    private Inside() {}

    /** Goes through the rehearsal and prints it; 0 if all holds, else 1. */
    static int run(Path root, Path scratch, Instant started, boolean json) throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().name("pawl-demo-input").start(() -> untilInputEnds(scratch));
        Report report = new Rehearsal(Acts.all(), UnaryOperator.identity(), progress()).run(scratch, root, started);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (json) {
            Shown.json(report).forEach(out::print);
        } else {
            Shown.table(report, screen()).forEach(out::println);
        }
        out.flush();
        return report.holds() ? 0 : 1;
    }

    private static Shown.Screen screen() {
        Charset charset = Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
        boolean colour = terminal(1) && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return new Shown.Screen(charset.equals(StandardCharsets.UTF_8), colour);
    }

    /** One line that is written over, on a terminal; else nothing. */
    private static Consumer<String> progress() {
        if (!terminal(2)) {
            return _ -> {};
        }
        return text -> {
            System.err.print("\r\u001b[K" + (text.isEmpty() ? "" : "  " + text + " ..."));
            System.err.flush();
        };
    }

    private static boolean terminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** The outside keeps the input open until it wants an end; then what runs is stopped, so that it can clean up. */
    private static void untilInputEnds(Path scratch) {
        try {
            while (System.in.read() >= 0) {
                // Nothing is sent; only the end counts.
            }
            Runs runs = new Runs(Home.open(scratch.resolve("home")));
            List<RunView> live = runs.all().stream().filter(RunView::live).toList();
            live.forEach(runs::stop);
        } catch (IOException e) {
            System.err.println("pawl: " + e.getMessage());
        }
        // What is left is in this process's pid namespace and goes with it.
        Runtime.getRuntime().halt(INTERRUPTED);
    }
}
