package dev.pawl.cli.up;

import dev.pawl.cli.run.HeldRun;
import dev.pawl.cli.run.RunCommand;
import dev.pawl.cli.run.RunRequest;
import dev.pawl.gateway.GatewayLoops;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.sandbox.Blueprint;
import dev.pawl.sandbox.Prepared;
import dev.pawl.sandbox.Sandbox;
import dev.pawl.sandbox.Stdio;
import dev.pawl.sandbox.linux.Channel;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.UnixSocket;
import dev.pawl.server.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Holds the runs of clients, one thread each and one more that hears the client. A client that goes away ends its run,
 * as killing {@code pawl run} would; when this process dies, all its runs die with it.
 */
final class Server {
    /** Pawl itself could not do it, as of env(1) and its like. */
    private static final int FAILED = 125;

    private final Clock clock;
    private final Home home;
    private final Ledger ledger;
    private final int user;
    private final UnixSocket listener;
    private final Path path;
    private final GatewayLoops loops = new GatewayLoops();
    private final Pool pool;

    private Server(Clock clock, Home home, Ledger ledger, int user, UnixSocket listener, Path path) {
        this.clock = clock;
        this.home = home;
        this.ledger = ledger;
        this.user = user;
        this.listener = listener;
        this.path = path;
        this.pool = new Pool(home.spool());
    }

    /**
     * Listens below the home, which only its owner can enter.
     *
     * @throws IOException if another server is up there, or it cannot listen
     */
    static Server open(Clock clock, Home home) throws IOException {
        Path path = home.root().resolve(Client.SOCKET);
        if (Files.exists(path)) {
            try (UnixSocket _ = UnixSocket.connect(path)) {
                throw new IllegalStateException("a server is up already (" + path + ")");
            } catch (IOException e) {
                Files.delete(path);
            }
        }
        int user = (Integer) Files.getAttribute(home.root(), "unix:uid");
        return new Server(clock, home, Ledger.open(home.root()), user, UnixSocket.listen(path), path);
    }

    /** Serves until {@link #stop}. */
    void serve() {
        while (true) {
            try {
                UnixSocket client = listener.accept();
                if (client.peer() == user) {
                    Thread.ofPlatform().name("pawl-run").start(() -> hold(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Takes no more runs and gives up what was made ahead. */
    void stop() throws IOException {
        Files.deleteIfExists(path);
        listener.shutdown();
        pool.close();
        ledger.close();
    }

    private void hold(UnixSocket client) {
        try (client) {
            Channel channel = client.channel();
            int code;
            try {
                Channel.Message message = channel.receive();
                if (message.fds().size() != 4) {
                    message.fds().forEach(Fd::close);
                    return;
                }
                code = hold(channel, message);
            } catch (IOException | IllegalArgumentException | IllegalStateException e) {
                say(channel, "pawl: " + e.getMessage());
                code = FAILED;
            }
            channel.send(Wire.message(Wire.EXIT, String.valueOf(code)));
        } catch (IOException e) {
            // The client is gone and has been dealt with.
            return;
        }
    }

    private int hold(Channel channel, Channel.Message message) throws IOException {
        RunRequest request;
        try (Fd memory = message.fds().getFirst()) {
            request = Wire.decode(memory.readAll());
        }
        Surroundings here = Surroundings.current();
        Surroundings theirs =
                new Surroundings(here.home(), here.pawlHome(), request.directory(), here.user(), request.environment());
        LivePolicy policy = RunCommand.policy(request, theirs);
        Blueprint blueprint = RunCommand.blueprint(policy, request, theirs);
        Prepared prepared = pool.take(blueprint);
        CompletableFuture<Sandbox> held = new CompletableFuture<>();
        try (Stdio stdio = new Stdio(
                message.fds().get(1).number(),
                message.fds().get(2).number(),
                message.fds().get(3).number())) {
            Thread.ofPlatform().daemon().name("pawl-client").start(() -> hear(channel, held));
            int code = new HeldRun(clock, home, ledger, loops, line -> say(channel, line))
                    .hold(request, policy, theirs.user(), prepared, stdio, held::complete);
            Thread.ofPlatform().daemon().name("pawl-pool").start(() -> pool.replenish(blueprint));
            return code;
        } finally {
            prepared.discard();
            held.cancel(false);
            message.fds().forEach(Fd::close);
        }
    }

    /** Signals for the agent; and the end of the client, which is the end of its run. */
    private static void hear(Channel channel, CompletableFuture<Sandbox> held) {
        try {
            while (true) {
                String said = new String(channel.receive().bytes(), StandardCharsets.UTF_8);
                if (said.isEmpty()) {
                    break;
                }
                if (said.charAt(0) == Wire.SIGNAL) {
                    held.join().signal(Integer.parseInt(said.substring(1)));
                }
            }
        } catch (IOException | NumberFormatException | CancellationException e) {
            // Not one of ours, or gone: the same end.
        }
        try {
            Sandbox sandbox = held.join();
            if (!sandbox.exit().isDone()) {
                sandbox.stop("client gone");
            }
        } catch (CancellationException e) {
            // It never started.
            return;
        }
    }

    private static void say(Channel channel, String line) {
        byte[] message = Wire.message(Wire.LINE, line);
        try {
            channel.send(message.length > Channel.MAX_BYTES ? Arrays.copyOf(message, Channel.MAX_BYTES) : message);
        } catch (IOException e) {
            System.err.println(line);
        }
    }
}
