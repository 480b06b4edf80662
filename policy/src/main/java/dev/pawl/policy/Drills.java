package dev.pawl.policy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Endpoint;
import dev.pawl.core.ProcessInfo;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attempts a boundary names to show that it holds, as lines of text. */
public final class Drills {
    static final int LONGEST = 4096;

    private static final List<String> WORDS = List.of(
            "resolve",
            "connect",
            "dial",
            "udp",
            "connect-socket",
            "request",
            "leak",
            "spend",
            "speak",
            "tool",
            "exec",
            "mount-read",
            "mount-write");

    /** An address as the run's name server makes them up; what stands behind a name is not looked up for a drill. */
    private static final InetAddress SYNTHETIC = InetAddress.ofLiteral("198.18.0.1");

    private Drills() {}

    /**
     * The attempt a line means: {@code resolve NAME}, {@code connect HOST:PORT}, {@code udp HOST:PORT},
     * {@code dial ADDRESS:PORT}, {@code connect-socket PATH}, {@code request METHOD HOST:PORT /PATH},
     * {@code leak KIND HOST:PORT}, {@code spend PROVIDER OPERATION HOST:PORT}, {@code speak PROTOCOL HOST:PORT}, {@code tool SERVER NAME}, {@code exec PROGRAM ARGUMENTS}, {@code mount-read PATH} or
     * {@code mount-write PATH}. Nothing is resolved and nothing has to exist.
     *
     * @throws IllegalArgumentException saying why the line is none of these
     */
    public static Attempt attempt(String line, Surroundings surroundings) {
        return attempt(line, new Paths(surroundings));
    }

    static Attempt attempt(String line, Paths paths) {
        List<String> words = List.of(line.strip().split(" +"));
        String verb = words.getFirst();
        if (!WORDS.contains(verb) || words.size() < 2 || words.size() != arguments(verb, words.size())) {
            throw new IllegalArgumentException("is no drill; allowed: resolve NAME, connect HOST:PORT, udp HOST:PORT,"
                    + " dial ADDRESS:PORT, connect-socket PATH, request METHOD HOST:PORT /PATH, leak KIND HOST:PORT, spend PROVIDER OPERATION HOST:PORT,"
                    + " speak PROTOCOL HOST:PORT, tool SERVER NAME,"
                    + " exec PROGRAM ARGUMENTS, mount-read PATH, mount-write"
                    + " PATH" + Nearest.hint(verb, WORDS));
        }
        String target = words.get(1);
        if (verb.equals("request")) {
            Endpoint to = HostNames.endpoint(words.get(2));
            return new Attempt.Request(to.host(), to.port(), target, words.get(3));
        }
        if (verb.equals("leak")) {
            Endpoint to = HostNames.endpoint(words.get(2));
            return new Attempt.Leak(new Attempt.Request(to.host(), to.port(), "POST", "/"), target, "body");
        }
        if (verb.equals("spend")) {
            Endpoint to = HostNames.endpoint(words.get(3));
            return new Attempt.Spend(
                    new Attempt.Request(to.host(), to.port(), "POST", "/"),
                    target,
                    words.get(2),
                    "unknown",
                    Optional.empty());
        }
        if (verb.equals("speak")) {
            Attempt.Connect connect = connect(Attempt.Transport.TCP, words.get(2));
            return new Attempt.Speak(connect.host(), connect.address(), connect.port(), target);
        }
        if (verb.equals("tool")) {
            return new Attempt.Tool(target, words.get(2), "{}", Map.of());
        }
        return switch (verb) {
            case "resolve" -> new Attempt.Resolve(HostNames.canonical(target), "A");
            case "connect" -> connect(Attempt.Transport.TCP, target);
            case "udp" -> connect(Attempt.Transport.UDP, target);
            case "dial" -> dial(target);
            case "connect-socket" ->
                new Attempt.LocalConnect(paths.fixed(target).toString(), false);
            case "mount-read" -> new Attempt.Mount(paths.fixed(target), false);
            case "mount-write" -> new Attempt.Mount(paths.fixed(target), true);
            default -> exec(words.subList(1, words.size()));
        };
    }

    /** How many words a drill has, its verb included. */
    private static int arguments(String verb, int said) {
        return switch (verb) {
            case "exec" -> Math.max(2, said);
            case "request", "spend" -> 4;
            case "leak", "speak", "tool" -> 3;
            default -> 2;
        };
    }

    private static Attempt.Connect connect(Attempt.Transport transport, String target) {
        Endpoint endpoint = HostNames.endpoint(target);
        Optional<InetAddress> address = HostNames.address(endpoint.host());
        return new Attempt.Connect(
                transport,
                address.isPresent() ? Optional.empty() : Optional.of(endpoint.host()),
                address.orElse(SYNTHETIC),
                endpoint.port());
    }

    private static Attempt.Dial dial(String target) {
        Endpoint endpoint = HostNames.endpoint(target);
        InetAddress address = HostNames.address(endpoint.host())
                .orElseThrow(() -> new IllegalArgumentException("names a host; what is dialled is an address"));
        return new Attempt.Dial(endpoint.host(), address, endpoint.port(), false);
    }

    private static Attempt.Exec exec(List<String> argv) {
        String file = Programs.all(argv.getFirst()).getFirst().toString();
        return new Attempt.Exec(new ProcessInfo(0, 0, file, argv, "/", ""), file);
    }
}
