package dev.pawl.policy;

import dev.pawl.core.Attempt;
import dev.pawl.core.ProcessInfo;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attempts in few words. */
public final class Attempts {
    private Attempts() {}

    public static Attempt.Connect named(String host, int port) {
        return new Attempt.Connect(Attempt.Transport.TCP, Optional.of(host), InetAddress.ofLiteral("198.18.0.9"), port);
    }

    public static Attempt.Connect raw(String address, int port) {
        return new Attempt.Connect(Attempt.Transport.TCP, Optional.empty(), InetAddress.ofLiteral(address), port);
    }

    public static Attempt.Connect datagram(String address, int port) {
        return new Attempt.Connect(Attempt.Transport.UDP, Optional.empty(), InetAddress.ofLiteral(address), port);
    }

    public static Attempt.Dial dial(String address, int port, boolean routed) {
        return new Attempt.Dial("a.example.com", InetAddress.ofLiteral(address), port, routed);
    }

    public static Attempt.Exec exec(String file, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(file));
        argv.addAll(List.of(arguments));
        return new Attempt.Exec(new ProcessInfo(2, 1, file, argv, "/work", "ada"), file);
    }
}
