package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Price;
import dev.pawl.core.ProcessInfo;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Attempts out of the words of {@link RandomBundles}. */
final class RandomAttempts {
    private final Random random;

    RandomAttempts(Random random) {
        this.random = random;
    }

    Attempt next() {
        return switch (random.nextInt(13)) {
            case 0 -> new Attempt.Resolve(pick(RandomBundles.HOSTS), pick(List.of("A", "TXT")));
            case 1, 2 ->
                new Attempt.Connect(
                        transport(),
                        Optional.of(pick(RandomBundles.HOSTS)),
                        InetAddress.ofLiteral("198.18.0.1"),
                        pick(RandomBundles.PORTS));
            case 3, 4 -> new Attempt.Connect(transport(), Optional.empty(), address(), pick(RandomBundles.PORTS));
            case 5 -> dialOrSocket();
            case 6 -> exec();
            case 7, 8 -> request();
            case 9 -> speak();
            case 10 -> leak();
            case 11 -> spend();
            default -> new Attempt.Mount(Path.of(pick(RandomBundles.PATHS)), random.nextBoolean());
        };
    }

    private Attempt dialOrSocket() {
        return random.nextInt(6) == 0
                ? new Attempt.LocalConnect(pick(RandomBundles.PATHS), random.nextBoolean())
                : new Attempt.Dial(
                        pick(RandomBundles.HOSTS), address(), pick(RandomBundles.PORTS), random.nextInt(4) == 0);
    }

    private Attempt exec() {
        String file = pick(RandomBundles.PROGRAMS);
        List<String> argv = new ArrayList<>();
        int most = random.nextInt(40) == 0 ? ProcessInfo.MAX_ARGUMENTS : random.nextInt(20) == 0 ? 20 : 5;
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            argv.add(pick(RandomBundles.WORDS));
        }
        return new Attempt.Exec(new ProcessInfo(2, 1, file, argv, "/w", "u"), file);
    }

    private Attempt leak() {
        return new Attempt.Leak(request(), pick(List.of("private-key", "password", "decoy", "secret")), "body");
    }

    private Attempt spend() {
        return new Attempt.Spend(
                request(),
                pick(List.of("aws", "stripe")),
                pick(List.of("RunInstances", "RunIt", "charges.create")),
                pick(List.of("provision", "unknown")),
                random.nextInt(3) == 0
                        ? Optional.empty()
                        : Optional.of(new Price(
                                random.nextInt(4), pick(List.of("USD", "EUR")), pick(List.of(Price.Per.values())))));
    }

    private Attempt.Request request() {
        StringBuilder path = new StringBuilder();
        int segments = random.nextInt(8) == 0 ? 15 + random.nextInt(5) : random.nextInt(5);
        for (int i = 0; i < segments; i++) {
            path.append('/').append(pick(RandomBundles.SEGMENTS));
        }
        return new Attempt.Request(
                pick(RandomBundles.HOSTS),
                pick(RandomBundles.PORTS),
                pick(List.of("GET", "POST", "get", "GET ", "*", "")),
                path.isEmpty() ? pick(List.of("/", "*", "", "//")) : path.toString());
    }

    private Attempt speak() {
        return new Attempt.Speak(
                random.nextBoolean() ? Optional.of(pick(RandomBundles.HOSTS)) : Optional.empty(),
                address(),
                pick(RandomBundles.PORTS),
                pick(RandomBundles.SPOKEN));
    }

    private Attempt.Transport transport() {
        return random.nextInt(5) == 0 ? Attempt.Transport.UDP : Attempt.Transport.TCP;
    }

    private InetAddress address() {
        return InetAddress.ofLiteral(pick(RandomBundles.ADDRESSES));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
