package dev.pawl.policy.learn;

import dev.pawl.core.Attempt;
import dev.pawl.core.Attempt.Transport;
import dev.pawl.core.ProcessInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs of a small world, so that things meet: the same names on other ports, the same programs with other arguments. */
final class RandomRuns {
    private static final List<String> HOSTS =
            List.of("a.example", "b.example", "deep.a.example", "dns.google", "x--y.example", "_srv.a.example", "one");
    private static final List<String> ADDRESSES =
            List.of("203.0.113.9", "203.0.113.10", "2001:db8::9", "10.0.0.1", "127.0.0.1", "169.254.169.254");
    private static final List<Integer> PORTS = List.of(443, 80, 22, 8443, 53, 3333);
    private static final List<String> WORDS = List.of(
            "",
            "-c",
            "two words",
            "*",
            "a*b",
            "\\*",
            "**",
            "-",
            "x",
            "\"quoted\"",
            "# no",
            "é",
            "a\nb",
            "\u2028",
            "--");
    private static final List<String> PROGRAMS = Stream.of("cat", "ls", "head", "id", "sort", "env")
            .map(name -> Path.of("/usr/bin", name))
            .filter(Files::isExecutable)
            .map(RandomRuns::real)
            .distinct()
            .toList();

    private final Random random;

    RandomRuns(Random random) {
        this.random = random;
    }

    /** Some attempts, at least one of which is a program. */
    Tried run(Tried run) {
        run.exec(pick(PROGRAMS), argv());
        for (int i = random.nextInt(25); i >= 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> run.resolve(pick(HOSTS));
                case 1, 2 -> run.host(pick(HOSTS), pick(PORTS), speaks());
                case 3 -> run.address(pick(ADDRESSES), pick(PORTS), speaks());
                case 4 -> run.udp(pick(ADDRESSES), pick(PORTS));
                default -> run.exec(pick(PROGRAMS), argv());
            }
        }
        return run;
    }

    /**
     * Something the run may or may not have tried.
     */
    Attempt attempt() {
        return switch (random.nextInt(4)) {
            case 0 -> new Attempt.Resolve(random.nextBoolean() ? pick(HOSTS) : "unused.example", "A");
            case 1 ->
                new Attempt.Connect(
                        Transport.TCP,
                        Optional.of(random.nextBoolean() ? pick(HOSTS) : "sub.a.example"),
                        InetAddress.ofLiteral("0.0.0.0"),
                        random.nextBoolean() ? pick(PORTS) : 1 + random.nextInt(65535));
            case 2 ->
                new Attempt.Connect(
                        Transport.TCP,
                        Optional.empty(),
                        InetAddress.ofLiteral(
                                random.nextBoolean() ? "203.0.113.9" : "203.0.113." + random.nextInt(256)),
                        random.nextBoolean() ? pick(PORTS) : 1 + random.nextInt(65535));
            default -> program();
        };
    }

    /** Another program, or one of these with more arguments than any run gives it. */
    private Attempt program() {
        String file = random.nextBoolean() ? "/usr/bin/tac" : pick(PROGRAMS);
        List<String> argv = file.equals("/usr/bin/tac") ? List.of("tac") : List.of("program", "1", "2", "3", "4");
        return new Attempt.Exec(new ProcessInfo(42, 41, file, argv, "/w", "dev"), file);
    }

    private String[] argv() {
        String[] argv = new String[1 + random.nextInt(4)];
        argv[0] = "program";
        for (int i = 1; i < argv.length; i++) {
            argv[i] = pick(WORDS);
        }
        return argv;
    }

    private @Nullable String speaks() {
        return switch (random.nextInt(4)) {
            case 0 -> "tls";
            case 1 -> "http";
            case 2 -> "tcp";
            default -> null;
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String real(Path program) {
        try {
            return program.toRealPath().toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
