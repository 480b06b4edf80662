package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Endpoint;
import java.net.InetAddress;
import java.util.List;

/** Attempts in words, as the drills of a charter write them. */
final class AttemptText {
    private static final int MOST_ARGUMENTS = 16;

    private AttemptText() {}

    static String of(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec -> "exec " + exec(exec);
            case Attempt.Resolve resolve -> "resolve " + resolve.name();
            case Attempt.Connect connect ->
                (connect.transport() == Attempt.Transport.UDP ? "udp " : "connect ")
                        + endpoint(connect.host().orElseGet(() -> text(connect.address())), connect.port());
            case Attempt.Dial dial -> "dial " + endpoint(text(dial.address()), dial.port());
            case Attempt.Request request ->
                "request " + request.method() + " " + new Endpoint(request.host(), request.port()) + " "
                        + request.path();
            case Attempt.Leak leak ->
                "leak " + leak.kind() + " (" + leak.place() + ") to "
                        + new Endpoint(leak.request().host(), leak.request().port());
            case Attempt.Spend spend ->
                "spend " + spend.provider() + " " + spend.operation() + " "
                        + new Endpoint(spend.request().host(), spend.request().port());
            case Attempt.Speak speak ->
                "speak " + speak.protocol() + " "
                        + new Endpoint(
                                speak.host().orElseGet(() -> speak.address().getHostAddress()), speak.port());
            case Attempt.Tool call -> "tool " + call.server() + " " + call.tool();
            case Attempt.LocalConnect local -> "connect-socket " + local.path();
            case Attempt.Mount mount -> (mount.write() ? "mount-write " : "mount-read ") + mount.path();
        };
    }

    private static String exec(Attempt.Exec exec) {
        List<String> argv = exec.program().argv();
        StringBuilder text = new StringBuilder(exec.file().isEmpty() ? "an unknown file" : exec.file());
        for (int i = 1; i < Math.min(argv.size(), MOST_ARGUMENTS); i++) {
            String word = argv.get(i);
            text.append(' ').append(word.isEmpty() || word.contains(" ") ? "\"" + word + "\"" : word);
        }
        return text.append(argv.size() > MOST_ARGUMENTS ? " ..." : "").toString();
    }

    private static String endpoint(String host, int port) {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }
}
