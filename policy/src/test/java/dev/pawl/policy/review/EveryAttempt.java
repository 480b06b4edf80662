package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Attempt.Transport;
import dev.pawl.core.ProcessInfo;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** All attempts that can be made of the words of {@link RandomCharters} and one word more, written without Points. */
final class EveryAttempt {
    private static final List<Integer> PORTS = List.of(22, 80, 443, 9999);
    private static final InetAddress SYNTHETIC = InetAddress.ofLiteral("198.18.0.9");

    private EveryAttempt() {}

    static List<Attempt> all() {
        List<Attempt> all = new ArrayList<>();
        words("t", ".", true, 3).forEach(host -> {
            all.add(new Attempt.Resolve(host, "AAAA"));
            PORTS.forEach(port -> all.add(new Attempt.Connect(Transport.TCP, Optional.of(host), SYNTHETIC, port)));
        });
        all.add(new Attempt.Connect(Transport.UDP, Optional.of("a.t"), SYNTHETIC, 443));
        addresses().forEach(text -> {
            InetAddress address = InetAddress.ofLiteral(text);
            for (int port : PORTS) {
                all.add(new Attempt.Connect(Transport.TCP, Optional.empty(), address, port));
                all.add(new Attempt.Dial("a.t", address, port, false));
                all.add(new Attempt.Dial("a.t", address, port, true));
            }
        });
        words("/s", "/", false, 3).forEach(path -> {
            all.add(new Attempt.Mount(Path.of(path), false));
            all.add(new Attempt.Mount(Path.of(path), true));
            all.add(exec(path, List.of("x")));
        });
        words("/s", "/", false, 2).stream()
                .filter(path -> !path.contains("z"))
                .forEach(path -> arguments().forEach(arguments -> all.add(exec(path, arguments))));
        all.add(new Attempt.Mount(Path.of("/"), true));
        all.add(new Attempt.LocalConnect("/run/x", true));
        all.add(new Attempt.LocalConnect("/run/x", false));
        for (String program : List.of("/usr/bin/git", "/usr/bin/ls", "/usr/bin/other", "")) {
            arguments().forEach(arguments -> all.add(exec(program, arguments)));
        }
        return all;
    }

    private static List<String> addresses() {
        List<String> addresses = new ArrayList<>(List.of(
                "127.0.0.1",
                "127.0.0.2",
                "169.254.169.254",
                "8.8.8.8",
                "::1",
                "64:ff9b::a00:5",
                "64:ff9b::a00:9",
                "64:ff9b::cb00:7106",
                "64:ff9b::808:808",
                "64:ff9b::a9fe:a9fe",
                "2001:db8::1",
                "2001:db8::8"));
        for (int i = 0; i < 17; i++) {
            addresses.add("10.0.0." + i);
        }
        for (int i = 0; i < 9; i++) {
            addresses.add("203.0.113." + i);
        }
        return addresses;
    }

    private static List<List<String>> arguments() {
        List<String> words = List.of("", "x", "y", "xy", "*", "z");
        List<List<String>> lists = new ArrayList<>(List.of(List.of()));
        for (String one : words) {
            lists.add(List.of(one));
            for (String two : words) {
                lists.add(List.of(one, two));
                lists.add(List.of(one, two, "z"));
            }
        }
        lists.add(List.of("x", "cut…"));
        lists.add(Collections.nCopies(ProcessInfo.MAX_ARGUMENTS, "x"));
        return lists;
    }

    private static List<String> words(String start, String between, boolean before, int depth) {
        List<String> all = new ArrayList<>(List.of(start));
        int from = 0;
        for (int i = 0; i < depth; i++) {
            int to = all.size();
            for (String word : List.copyOf(all.subList(from, to))) {
                for (String label : List.of("a", "b", "z")) {
                    all.add(before ? label + between + word : word + between + label);
                }
            }
            from = to;
        }
        return all;
    }

    private static Attempt exec(String file, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("called"));
        argv.addAll(arguments);
        return new Attempt.Exec(new ProcessInfo(7, 1, "/bin/sh", argv, "/s", "dev"), file);
    }
}
