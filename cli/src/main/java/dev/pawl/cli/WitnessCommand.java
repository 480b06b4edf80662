package dev.pawl.cli;

import dev.pawl.ledger.log.KeyFile;
import dev.pawl.ledger.log.RealDisk;
import dev.pawl.ledger.witness.Witness;
import dev.pawl.ledger.witness.WitnessServer;
import dev.pawl.server.Home;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.NoteKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cosigns the checkpoints of other people's records, in the foreground. */
@Command(
        name = "witness",
        description = {
            "Cosign checkpoints of records, each only if it continues what was cosigned before (C2SP tlog-witness).",
            "Run it on another machine, or as another user, than the one whose record it is."
        })
final class WitnessCommand implements Callable<Integer> {
    private static final int PORTS = 65_536;

    private final HomeSource home;

    @Option(names = "--log", required = true, paramLabel = "KEY", description = "Key of a record; may be repeated.")
    private List<String> logs = List.of();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8410",
            description = "Where it is asked; 127.0.0.1:8410 if not given.")
    private String listen = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Its name, when its key is made.")
    private @Nullable String name;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    WitnessCommand(HomeSource home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        return Task.guarded(spec, this::serve);
    }

    private int serve() throws IOException {
        List<NoteKey> keys = new ArrayList<>();
        for (String log : logs) {
            try {
                keys.add(NoteKey.parse(log));
            } catch (FormatFault e) {
                return Task.refuse(spec, log + ": " + e.reason());
            }
        }
        int colon = listen.lastIndexOf(':');
        String port = listen.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) >= PORTS) {
            return Task.refuse(spec, "--listen takes HOST:PORT");
        }
        InetSocketAddress address = new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(port));
        try (WitnessServer server = WitnessServer.start(address, witness(home.open(), keys), this::say)) {
            return until(server);
        }
    }

    private Witness witness(Home opened, List<NoteKey> keys) throws IOException {
        Path root = opened.root();
        RealDisk disk = new RealDisk();
        Path seen = root.resolve("witness");
        // A witness that lost its key is another one; one that lost its memory must not look like one that has it.
        boolean mayMake = disk.list(seen).isEmpty();
        String own = name == null ? "pawl.local/witness/" + Long.toHexString(System.nanoTime()) : name;
        return new Witness(
                disk,
                seen,
                KeyFile.open(disk, root.resolve("witness.key"), mayMake, own, NoteKey.COSIGNATURE),
                keys,
                Clock.systemUTC());
    }

    private int until(WitnessServer server) {
        say(server.witness().key().text() + " http://" + server.address().getHostString() + ":"
                + server.address().getPort() + "/");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
