package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Cidr;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Protocol;
import dev.pawl.core.Ranges;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells which attempts a value written in a charter may have a part in deciding. Never too few. */
final class Touching {
    private Touching() {}

    /** Whether a name or {@code *.suffix} covers a name. */
    static boolean covers(String pattern, String name) {
        return new HostGrant("", pattern, 1, Protocol.TCP).covers(name);
    }

    static Predicate<Attempt> hosts(Collection<String> patterns) {
        return attempt -> switch (attempt) {
            case Attempt.Resolve resolve -> patterns.stream().anyMatch(pattern -> covers(pattern, resolve.name()));
            case Attempt.Connect connect ->
                connect.host()
                        .filter(host -> patterns.stream().anyMatch(pattern -> covers(pattern, host)))
                        .isPresent();
            case Attempt.Request request -> patterns.stream().anyMatch(pattern -> covers(pattern, request.host()));
            case Attempt.Leak leak ->
                patterns.stream()
                        .anyMatch(pattern -> covers(pattern, leak.request().host()));
            case Attempt.Spend spend ->
                patterns.stream()
                        .anyMatch(pattern -> covers(pattern, spend.request().host()));
            case Attempt.Speak speak ->
                speak.host()
                        .filter(host -> patterns.stream().anyMatch(pattern -> covers(pattern, host)))
                        .isPresent();
            case Attempt.Dial _, Attempt.Exec _, Attempt.Tool _, Attempt.LocalConnect _, Attempt.Mount _ -> false;
        };
    }

    /** By the address itself and by those it carries. */
    static Predicate<Attempt> ranges(Collection<Cidr> ranges) {
        return attempt -> switch (attempt) {
            case Attempt.Connect connect -> connect.host().isEmpty() && inside(ranges, connect.address());
            case Attempt.Dial dial -> inside(ranges, dial.address());
            case Attempt.Speak speak -> speak.host().isEmpty() && inside(ranges, speak.address());
            case Attempt.Request _, Attempt.Leak _, Attempt.Spend _ -> false;
            case Attempt.Resolve _, Attempt.Exec _, Attempt.Tool _, Attempt.LocalConnect _, Attempt.Mount _ -> false;
        };
    }

    static Predicate<Attempt> ports(Collection<Integer> ports) {
        return attempt -> switch (attempt) {
            case Attempt.Connect connect -> ports.contains(connect.port());
            case Attempt.Dial dial -> ports.contains(dial.port());
            case Attempt.Request request -> ports.contains(request.port());
            case Attempt.Leak leak -> ports.contains(leak.request().port());
            case Attempt.Spend spend -> ports.contains(spend.request().port());
            case Attempt.Speak speak -> ports.contains(speak.port());
            case Attempt.Resolve _, Attempt.Exec _, Attempt.Tool _, Attempt.LocalConnect _, Attempt.Mount _ -> false;
        };
    }

    static Predicate<Attempt> programs(Collection<Path> programs) {
        return attempt -> attempt instanceof Attempt.Exec exec
                && programs.stream().anyMatch(program -> exec.file().equals(program.toString()));
    }

    /** A path that lies above or below one of these: what is shown brings along all below it. */
    static Predicate<Attempt> paths(Collection<Path> paths) {
        return attempt ->
                attempt instanceof Attempt.Mount mount && paths.stream().anyMatch(path -> overlap(path, mount.path()));
    }

    static boolean overlap(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static boolean inside(Collection<Cidr> ranges, InetAddress address) {
        InetAddress plain = Ranges.plain(address);
        List<InetAddress> all =
                Stream.concat(Stream.of(plain), Ranges.carried(plain).stream()).toList();
        return ranges.stream().anyMatch(range -> all.stream().anyMatch(range::contains));
    }
}
