package dev.pawl.server;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.ProcessInfo;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of the event that records an attempt, and the way back. */
public final class AttemptBody {
    private AttemptBody() {}

    /** {@code now} is when it was tried. */
    static Body of(Attempt attempt, Decision decision, @Nullable ProcessInfo process, Instant now) {
        return switch (attempt) {
            case Attempt.Exec(ProcessInfo program, String file) ->
                new Body.Exec(
                        program.exe(),
                        program.argv(),
                        program.cwd(),
                        process == null
                                ? new Body.Parent(program.parent(), "", List.of())
                                : new Body.Parent(program.parent(), process.exe(), process.argv()),
                        file.isEmpty() ? null : file);
            case Attempt.Resolve(String name, String type) ->
                new Body.Dns(name, type, List.of(), decision.allowed() ? "NOERROR" : "NXDOMAIN");
            case Attempt.Connect(var transport, var host, InetAddress address, int port) ->
                new Body.Connect(
                        transport.name().toLowerCase(Locale.ROOT), host.orElse(null), address.getHostAddress(), port);
            case Attempt.Dial(String host, InetAddress address, int port, boolean _) ->
                new Body.Connect("tcp", host, address.getHostAddress(), port);
            case Attempt.Request(String host, int port, String method, String path) ->
                new Body.Http(null, method, host, port, path, null, 0, 0);
            case Attempt.Leak(Attempt.Request request, String kind, String place) ->
                new Body.Http(
                        null,
                        request.method(),
                        request.host(),
                        request.port(),
                        request.path(),
                        null,
                        0,
                        0,
                        new Body.Http.Leak(kind, place));
            case Attempt.Spend(Attempt.Request request, String provider, String operation, String change, var price) ->
                new Body.Spend(
                        provider,
                        operation,
                        change,
                        request.method(),
                        request.host(),
                        request.port(),
                        request.path(),
                        price.orElse(null));
            case Attempt.Speak(var host, InetAddress address, int port, String protocol) ->
                new Body.Flow(
                        "",
                        host.orElse(null),
                        address.getHostAddress(),
                        port,
                        protocol,
                        0,
                        0,
                        now,
                        null,
                        Body.Spoken.as(protocol));
            case Attempt.Tool(String server, String tool, String arguments, var _) ->
                new Body.Tool(server, tool, Body.Tool.cut(arguments, Body.Tool.LONGEST), null);
            case Attempt.LocalConnect(String path, boolean inside) -> new Body.Connect("unix", null, path, 0);
            case Attempt.Mount(Path path, boolean write) ->
                new Body.FileAccess(path.toString(), write ? "write" : "read", false);
        };
    }

    /**
     * The attempt behind an event that another part refused; empty where there is none. For a flow the connection, at
     * the port that was really dialled.
     */
    public static Optional<Attempt> attempt(Body body) {
        return switch (body) {
            case Body.Dns dns -> Optional.of(new Attempt.Resolve(dns.name(), dns.type()));
            case Body.Connect connect -> connect(connect);
            case Body.Exec exec ->
                Optional.of(new Attempt.Exec(
                        new ProcessInfo(0, exec.parent().pid(), exec.exe(), exec.argv(), exec.cwd(), ""), exec.exe()));
            case Body.Payload payload -> Optional.empty();
            case Body.Flow flow -> connect(new Body.Connect("tcp", flow.host(), flow.address(), flow.port()));
            case Body.Http http -> Optional.of(request(http));
            case Body.Spend spend -> Optional.of(spend(spend));
            case Body.Model model -> Optional.empty();
            // Its arguments were not read again: they may be cut, and a grant for any arguments says that it is one.
            case Body.Tool tool ->
                tool.server().equals(Body.Tool.MODEL)
                        ? Optional.empty()
                        : Optional.of(
                                new Attempt.Tool(tool.server(), tool.name(), tool.arguments(), java.util.Map.of()));
            case Body.FileAccess file -> Optional.empty();
            case Body.Resource resource -> Optional.empty();
            case Body.Control control -> Optional.empty();
            case Body.Finding finding -> Optional.empty();
        };
    }

    private static Attempt spend(Body.Spend spend) {
        return new Attempt.Spend(
                new Attempt.Request(spend.host(), spend.port(), spend.method(), spend.path()),
                spend.provider(),
                spend.operation(),
                spend.change(),
                Optional.ofNullable(spend.price()));
    }

    private static Attempt request(Body.Http http) {
        Attempt.Request request = new Attempt.Request(http.host(), http.port(), http.method(), http.path());
        Body.Http.Leak leak = http.leak();
        return leak == null ? request : new Attempt.Leak(request, leak.kind(), leak.place());
    }

    private static Optional<Attempt> connect(Body.Connect connect) {
        if (connect.transport().equals("unix")) {
            return Optional.of(new Attempt.LocalConnect(connect.address(), false));
        }
        try {
            return Optional.of(new Attempt.Connect(
                    connect.transport().equals("udp") ? Attempt.Transport.UDP : Attempt.Transport.TCP,
                    Optional.ofNullable(connect.host()),
                    InetAddress.ofLiteral(connect.address()),
                    connect.port()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
