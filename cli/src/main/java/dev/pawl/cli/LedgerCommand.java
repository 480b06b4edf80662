package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.ledger.EventProofs;
import dev.pawl.ledger.Ledger;
import dev.pawl.ledger.witness.WitnessPolicy;
import dev.pawl.ledger.witness.Witnessing;
import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.VerifyMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What proves the record: its key, checkpoints, proofs, and the check of all that. */
@Command(name = "ledger", description = "Sign, prove and verify the record.")
final class LedgerCommand implements Runnable {
    private final HomeSource home;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before run
    private CommandSpec spec;

    LedgerCommand(HomeSource home) {
        this.home = home;
    }

    /** With what is in other classes. */
    static CommandLine line(HomeSource home) {
        return new CommandLine(new LedgerCommand(home))
                .addSubcommand(new WitnessCommand(home))
                .addSubcommand(new RecordCommands.Size(home))
                .addSubcommand(new RecordCommands.Keep(home))
                .addSubcommand(new RecordCommands.Seal(home))
                .addSubcommand(new RecordCommands.Erase(home));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "key", description = "Print the public key of the record; keep it where the record is not.")
    int key() {
        return Task.guarded(spec, () -> {
            try (Ledger ledger = open()) {
                print(ledger.key().text() + "\n");
            }
            return 0;
        });
    }

    @Command(
            name = "checkpoint",
            description = {
                "Sign all that was recorded and print the checkpoint.",
                "With --witnessed, have it cosigned by the witnesses that the file witnesses of the home names."
            })
    int checkpoint(
            @Option(
                            names = "--witnessed",
                            description = "Ask the witnesses. Exit code 1 if fewer cosigned than are needed.")
                    boolean witnessed,
            @Nullable
                    @Option(
                            names = "--push",
                            paramLabel = "TO",
                            description = "Also put it there: a file, a directory, or a URL; may be repeated.")
                    List<String> push) {
        return Task.guarded(spec, () -> {
            Path root = home.open().root();
            try (Ledger ledger = Ledger.open(root)) {
                Checkpoint checkpoint = ledger.checkpoint();
                boolean enough = true;
                if (witnessed) {
                    Witnessing.Result result = new Witnessing(root, ledger, RecordCommands.Common.care(root, ledger))
                            .ask(WitnessPolicy.read(Witnessing.policy(root)));
                    result.complaints()
                            .forEach(line -> spec.commandLine().getErr().println("pawl: " + line));
                    spec.commandLine()
                            .getErr()
                            .println("pawl: " + result.cosigned() + " witnesses cosigned, needed are " + result.need());
                    spec.commandLine().getErr().flush();
                    checkpoint = result.checkpoint();
                    enough = result.witnessed();
                }
                print(new String(checkpoint.note().bytes(), UTF_8));
                for (String to : push == null ? List.<String>of() : push) {
                    Witnessing.push(to, checkpoint);
                }
                return enough ? 0 : 1;
            }
        });
    }

    @Command(name = "prove", description = "Print the proof that the signed record holds an event.")
    int prove(
            @Parameters(paramLabel = "EVENT", description = "The id of an event, or the beginning of it.") String event,
            @Option(names = "--witnessed", description = "Under the newest checkpoint that is witnessed.")
                    boolean witnessed) {
        return Task.guarded(spec, () -> {
            Path root = home.open().root();
            try (Ledger ledger = Ledger.open(root)) {
                Optional<Checkpoint> under = witnessed ? Witnessing.newest(root, ledger) : Optional.empty();
                if (witnessed && under.isEmpty()) {
                    return Task.refuse(spec, "nothing is witnessed yet: pawl ledger checkpoint --witnessed");
                }
                Optional<byte[]> proof =
                        EventProofs.prove(root, ledger, event, under.isPresent() ? under.get() : ledger.checkpoint());
                if (proof.isEmpty()) {
                    return Task.refuse(spec, "no event, or more than one, begins with " + event);
                }
                print(new String(proof.get(), UTF_8));
            }
            return 0;
        });
    }

    @Command(
            name = "verify",
            description = {
                "Check the whole record, a proof, or that one checkpoint is the beginning of another.",
                "The key must come from outside: from who started the record, never from beside it."
            })
    int verify(
            @Option(names = "--key", required = true, paramLabel = "KEY", description = "The verifier key.") String key,
            @Nullable
                    @Option(
                            names = "--older",
                            paramLabel = "FILE",
                            description = "A checkpoint kept elsewhere; the record must contain it.")
                    List<Path> older,
            @Option(
                            names = "--live",
                            description = "Runs may be going on: entries that are not signed yet are no fault.")
                    boolean live,
            @Option(
                            names = "--kept-from",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Entries below N were given up, as an event of the record says.")
                    long kept,
            @Nullable
                    @Option(
                            names = "--witness",
                            paramLabel = "KEY",
                            description = "Key of a witness that must have cosigned, for a proof; may be repeated.")
                    List<String> witnesses,
            @Nullable
                    @Option(
                            names = "--between",
                            arity = "2",
                            paramLabel = "FILE",
                            description = "Two checkpoints, the older one first: only whether the record just grew.")
                    List<Path> between,
            @Nullable
                    @Parameters(
                            arity = "0..1",
                            paramLabel = "PATH",
                            description = "The directory of a record, or a proof; without it the record of this home.")
                    Path path) {
        return Task.guarded(spec, () -> {
            Path what = path == null ? Ledger.directory(home.open().root()) : path;
            List<String> words = between == null
                    ? whole(what, key, live, kept, older == null ? List.of() : older)
                    : List.of(
                            "consistency",
                            between.getFirst().toString(),
                            between.getLast().toString(),
                            what.toString(),
                            key);
            if (witnesses != null) {
                words = new ArrayList<>(words);
                words.addAll(witnesses);
            }
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int code = new VerifyMain(new PrintStream(said, true, UTF_8)).run(words);
            print(said.toString(UTF_8));
            return code;
        });
    }

    private static List<String> whole(Path what, String key, boolean live, long kept, List<Path> older) {
        List<String> words = new ArrayList<>();
        String log = kept > 0 ? "kept:" + kept : live ? "live" : "log";
        words.add(Files.isDirectory(what) ? log : "proof");
        words.add(what.toString());
        words.add(key);
        older.forEach(file -> words.add(file.toString()));
        return words;
    }

    private Ledger open() throws IOException {
        return Ledger.open(home.open().root());
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
