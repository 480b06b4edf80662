package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Attempt.Transport;
import dev.pawl.core.ProcessInfo;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the attempts that stand for all others, given what rules speak of. For one thread. */
final class Points {
    /** As the run's name server makes them up; with a name, the address decides nothing. */
    private static final InetAddress SYNTHETIC = InetAddress.ofLiteral("198.18.0.1");

    private static final List<List<String>> USUAL = List.of(List.of(), List.of("any"));

    private final Mentions mentions;
    private final int freePort;
    private final List<Attempt> attempts = new ArrayList<>();

    private Points(Mentions mentions) {
        this.mentions = mentions;
        this.freePort = mentions.freePort();
    }

    /**
     * The attempts.
     *
     * @param arguments for some programs, lists of arguments that stand for all lists
     */
    static List<Attempt> of(Mentions mentions, Map<Path, ? extends Set<List<String>>> arguments) {
        Points points = new Points(mentions);
        HostPoints.of(mentions.hosts).forEach(points::host);
        AddressPoints.of(mentions.rangesAndWhatCarriesThem()).forEach(points::address);
        PathPoints.of(mentions.paths).forEach(points::path);
        points.programs(arguments);
        points.sockets();
        return List.copyOf(points.attempts);
    }

    /** The start of a program with these arguments; its name as the caller gave it is the file's. */
    static Attempt.Exec exec(Path program, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(arguments);
        return new Attempt.Exec(new ProcessInfo(0, 0, program.toString(), argv, "/", ""), program.toString());
    }

    /** A connection to a name. */
    static Attempt.Connect connect(String host, int port) {
        return new Attempt.Connect(Transport.TCP, Optional.of(host), SYNTHETIC, port);
    }

    /** A connection to a bare address. */
    static Attempt.Connect connect(InetAddress address, int port) {
        return new Attempt.Connect(Transport.TCP, Optional.empty(), address, port);
    }

    private void host(String host) {
        Set<Integer> ports = ports();
        mentions.hostGrants.stream().filter(grant -> grant.covers(host)).forEach(grant -> ports.add(grant.port()));
        attempts.add(new Attempt.Resolve(host, "A"));
        ports.forEach(port -> attempts.add(connect(host, port)));
        attempts.add(new Attempt.Connect(Transport.UDP, Optional.of(host), SYNTHETIC, freePort));
    }

    private void address(InetAddress address) {
        Set<Integer> ports = ports();
        mentions.addressGrants.stream()
                .filter(grant -> grant.range().contains(address))
                .forEach(grant -> ports.add(grant.port()));
        String host = mentions.hostGrants.stream()
                .map(grant -> grant.host().replaceFirst("^\\*\\.", "any."))
                .findFirst()
                .orElse("any");
        for (int port : ports) {
            attempts.add(connect(address, port));
            attempts.add(new Attempt.Dial(host, address, port, false));
            attempts.add(new Attempt.Dial(host, address, port, true));
        }
        attempts.add(new Attempt.Connect(Transport.UDP, Optional.empty(), address, freePort));
    }

    private void path(Path path) {
        attempts.add(new Attempt.Mount(path, false));
        attempts.add(new Attempt.Mount(path, true));
    }

    /** Programs lie in directories, so every path that stands for others may be one. */
    private void programs(Map<Path, ? extends Set<List<String>>> arguments) {
        Set<Path> programs = new LinkedHashSet<>();
        PathPoints.of(mentions.paths).stream()
                .filter(path -> path.getNameCount() > 0)
                .forEach(programs::add);
        programs.addAll(mentions.programs);
        programs.addAll(arguments.keySet());
        for (Path program : programs) {
            USUAL.forEach(usual -> attempts.add(exec(program, usual)));
            Set<List<String>> further = arguments.get(program);
            if (further != null) {
                further.forEach(each -> attempts.add(exec(program, each)));
            }
            attempts.add(exec(program, cut()));
        }
        attempts.add(new Attempt.Exec(new ProcessInfo(0, 0, "", List.of("any"), "/", ""), ""));
    }

    /** More arguments than a record holds. */
    private static List<String> cut() {
        return Collections.nCopies(ProcessInfo.MAX_ARGUMENTS - 1, "…");
    }

    private void sockets() {
        for (String path : List.of("/run/any.sock", "\0any", "")) {
            attempts.add(new Attempt.LocalConnect(path, true));
            attempts.add(new Attempt.LocalConnect(path, false));
        }
    }

    private Set<Integer> ports() {
        Set<Integer> ports = new LinkedHashSet<>(mentions.ports);
        ports.add(freePort);
        return ports;
    }
}
