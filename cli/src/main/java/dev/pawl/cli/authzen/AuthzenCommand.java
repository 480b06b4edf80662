package dev.pawl.cli.authzen;

import dev.pawl.gateway.GatewayLoops;
import dev.pawl.gateway.serve.LocalServer;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.BundleSource;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.server.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pawl authzen}: answers evaluations in the foreground until it is interrupted. */
@Command(
        name = "authzen",
        description = {
            "Answer, by the policy of a charter, whether programs that Pawl does not hold may do something:",
            "POST /access/v1/evaluation and /access/v1/evaluations of OpenID AuthZEN 1.0, on 127.0.0.1 or a unix socket."
        })
public final class AuthzenCommand implements Callable<Integer> {
    private final Supplier<Surroundings> surroundings;
    private final Clock clock;

    @Option(
            names = {"-c", "--charter"},
            required = true,
            paramLabel = "FILE",
            description = "The charter whose policy decides.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private Path charter;

    @Option(names = "--socket", paramLabel = "PATH", description = "Listen on a unix socket.")
    private @Nullable Path socket;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Listen on this port of 127.0.0.1; a free one by default.")
    private @Nullable Integer port;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    public AuthzenCommand(Supplier<Surroundings> surroundings, Clock clock) {
        this.surroundings = surroundings;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return serve();
        } catch (IOException | CharterException e) {
            spec.commandLine().getErr().println("pawl: " + e.getMessage());
            return 1;
        }
    }

    private int serve() throws IOException, CharterException, InterruptedException {
        if (socket != null && port != null) {
            throw new IOException("--socket and --port exclude each other");
        }
        if (port != null && (port < 0 || port > 65535)) {
            throw new IOException("--port is " + port + "; 0 to 65535 is allowed");
        }
        Surroundings here = surroundings.get();
        LivePolicy policy = new LivePolicy(new BundleSource(Optional.of(charter), here), Thread::sleep);
        Home home = Home.open(here.pawlHome());
        TokenFile token = TokenFile.of(home);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupted.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Ledger ledger = Ledger.open(home.root());
                GatewayLoops loops = new GatewayLoops();
                Endpoint endpoint =
                        new Endpoint(policy, home, ledger, clock, here.user(), err::println, interrupted::countDown);
                LocalServer server = listen(loops, token, endpoint)) {
            out.println("pawl: deciding for " + policy.bundle().charter().agent() + " at " + at(server) + " as run "
                    + endpoint.run() + "; the token is in " + token.path() + "; stop it with Ctrl-C");
            interrupted.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private LocalServer listen(GatewayLoops loops, TokenFile token, Endpoint endpoint) throws IOException {
        return socket == null
                ? LocalServer.onLoopback(loops, port == null ? 0 : port, token.token(), endpoint)
                : LocalServer.onSocket(loops, socket.toAbsolutePath(), token.token(), endpoint);
    }

    private static String at(LocalServer server) {
        return server.address() instanceof InetSocketAddress address
                ? "http://127.0.0.1:" + address.getPort()
                : "unix:" + server.address();
    }
}
