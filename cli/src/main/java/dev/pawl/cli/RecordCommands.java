package dev.pawl.cli;

import dev.pawl.ledger.Care;
import dev.pawl.ledger.JsonOut;
import dev.pawl.ledger.Ledger;
import dev.pawl.ledger.RecordSize;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import dev.pawl.server.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands of {@code pawl ledger} that look after a record which becomes old and large. */
final class RecordCommands {
    private RecordCommands() {}

    /** What they have in common. */
    abstract static class Common implements Callable<Integer> {
        final HomeSource home;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli fills it in before call
        CommandSpec spec;

        Common(HomeSource home) {
            this.home = home;
        }

        @Override
        public Integer call() {
            return Task.guarded(spec, () -> {
                try {
                    return act(home.open().root());
                } catch (IllegalArgumentException e) {
                    return Task.refuse(spec, String.valueOf(e.getMessage()));
                }
            });
        }

        abstract int act(Path root) throws IOException;

        void say(String line) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        }

        static Care care(Path root, Ledger ledger) {
            return new Care(root, ledger, Clock.systemUTC(), System.getProperty("user.name", ""));
        }
    }

    @Command(name = "size", description = "Say how large the record is.")
    static final class Size extends Common {
        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        Size(HomeSource home) {
            super(home);
        }

        @Override
        int act(Path root) throws IOException {
            RecordSize size = RecordSize.of(root);
            if (json) {
                byte[] line = new JsonOut()
                        .number("entries", size.entries())
                        .number("kept_from", size.kept())
                        .number("bundle_bytes", size.bundles())
                        .number("packed_bytes", size.packed())
                        .number("hash_bytes", size.hashes())
                        .number("journal_bytes", size.journal())
                        .number("index_bytes", size.index())
                        .line();
                PrintWriter out = spec.commandLine().getOut();
                out.print(new String(line, StandardCharsets.UTF_8));
                out.flush();
                return 0;
            }
            say(size.entries() + " entries, kept from " + size.kept());
            say(text("entries", size.bundles()));
            say(text("packed entries", size.packed()));
            say(text("hashes", size.hashes()));
            say(text("journal", size.journal()));
            say(text("index", size.index()));
            return 0;
        }

        private static String text(String what, long bytes) {
            return String.format(Locale.ROOT, "%-16s %10.1f MiB", what, bytes / 1048576.0);
        }
    }

    @Command(
            name = "keep",
            description = {
                "Pack entries that are not new; with --days, give up those that are older.",
                "Their hashes stay: every proof and every checkpoint can be checked as before."
            })
    static final class Keep extends Common {
        @Option(names = "--days", paramLabel = "N", description = "Give up what is older; at least six months.")
        private @Nullable Integer days;

        Keep(HomeSource home) {
            super(home);
        }

        @Override
        int act(Path root) throws IOException {
            try (Ledger ledger = Ledger.open(root)) {
                Care care = care(root, ledger);
                if (days != null) {
                    say("kept from entry " + care.giveUp(Duration.ofDays(days)));
                }
                say(care.pack() + " bundles packed");
            }
            return 0;
        }
    }

    @Command(
            name = "seal",
            description = "Seal what runs do from now on, each with a key of its own that can be destroyed.")
    static final class Seal extends Common {
        @Option(names = "--off", description = "Do not seal runs that begin from now on.")
        private boolean off;

        Seal(HomeSource home) {
            super(home);
        }

        @Override
        int act(Path root) throws IOException {
            try (Ledger ledger = Ledger.open(root)) {
                care(root, ledger).seal(!off);
            }
            say(off ? "runs are not sealed from now on" : "runs are sealed from now on");
            return 0;
        }
    }

    @Command(
            name = "erase",
            description = "Destroy the key of a run that was sealed: what it did can never be read again.")
    static final class Erase extends Common {
        @Parameters(paramLabel = "R", description = "The id of a run that ended.")
        private String run = "";

        Erase(HomeSource home) {
            super(home);
        }

        @Override
        int act(Path root) throws IOException {
            return switch (new Runs(home.open()).select(run)) {
                case Selection.None(String reason) -> Task.refuse(spec, reason);
                case Selection.Chosen(List<RunView> chosen) -> erase(root, chosen);
            };
        }

        private int erase(Path root, List<RunView> chosen) throws IOException {
            for (RunView view : chosen) {
                String id = view.facts().run();
                if (view.live()) {
                    return Task.refuse(spec, id + " is live; stop it first");
                }
                try (Ledger ledger = Ledger.open(root)) {
                    if (!care(root, ledger).erase(id)) {
                        return Task.refuse(spec, id + " was not sealed, or its key is gone already");
                    }
                }
                say(id + ": its key is destroyed");
            }
            return 0;
        }
    }
}
