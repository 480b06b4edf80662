package dev.pawl.server.approvals;

import dev.pawl.core.Act;
import dev.pawl.ledger.JsonOut;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** An act in one fixed form: JSON with its names in order, so that equal acts are equal bytes. */
final class ActText {
    private static final Pattern SECRET = Pattern.compile("(?i)key|secret|token|passw|credential|cookie");

    private ActText() {}

    /** SHA-256 in hex of whose act it is and the act. */
    static String digest(Question.About about, Act act) {
        return sha256(new JsonOut()
                .begin("act")
                .text("kind", kind(act))
                .begin("of")
                .text("agent", about.agent())
                .text("run", about.run())
                .end()
                .begin("what")
                .also(out -> write(out, act))
                .end()
                .end()
                .line());
    }

    /** What has to be equal for two attempts to be one act: all but the addresses, of which a name may have several. */
    static String key(Question.About about, Act act) {
        return switch (act) {
            case Act.Exec _, Act.Request _, Act.Leak _, Act.Spend _, Act.Tool _, Act.Definition _ -> digest(about, act);
            case Act.Connect(var caller, var transport, var host, var addresses, int port) ->
                digest(about, new Act.Connect(caller, transport, host, host.isPresent() ? List.of() : addresses, port));
        };
    }

    static String kind(Act act) {
        return switch (act) {
            case Act.Exec _ -> "exec";
            case Act.Connect _ -> "connect";
            case Act.Request _ -> "request";
            case Act.Leak _ -> "leak";
            case Act.Tool _ -> "tool";
            case Act.Definition _ -> "definition";
            case Act.Spend _ -> "spend";
        };
    }

    /** The members of an act. */
    static void write(JsonOut out, Act act) {
        switch (act) {
            case Act.Exec exec ->
                out.texts("argv", exec.argv())
                        .text("arguments_sha256", exec.arguments())
                        .texts(
                                "changed",
                                exec.changed().stream().map(ActText::hidden).toList())
                        .text("content_sha256", exec.content())
                        .text("cwd", exec.cwd())
                        .text("environment_sha256", exec.environment())
                        .text("file", exec.file())
                        .begin("named_sha256")
                        .also(named -> new TreeMap<>(exec.named()).forEach(named::text))
                        .end()
                        .text("user", exec.user());
            case Act.Request request ->
                out.texts("argv", request.argv())
                        .text("content_sha256", request.content())
                        .text("exe", request.exe())
                        .text("headers_sha256", request.headers())
                        .text("host", request.host())
                        .text("method", request.method())
                        .number("port", request.port())
                        .text("target", request.target());
            case Act.Leak leak ->
                out.text("content_sha256", leak.content())
                        .text("exe", leak.exe())
                        .text("found", leak.found())
                        .text("host", leak.host())
                        .text("method", leak.method())
                        .text("place", leak.place())
                        .number("port", leak.port())
                        .number("size", leak.size())
                        .text("target", leak.target());
            case Act.Tool call ->
                out.text("arguments", call.arguments())
                        .text("arguments_sha256", call.content())
                        .text("server", call.server())
                        .text("tool", call.tool());
            case Act.Definition shown ->
                out.text("before_sha256", shown.before())
                        .text("definition", shown.definition())
                        .text("definition_sha256", shown.content())
                        .text("server", shown.server())
                        .text("tool", shown.tool());
            case Act.Spend spend ->
                out.text("change", spend.change())
                        .text("content_sha256", spend.content())
                        .texts("details", spend.details())
                        .text("exe", spend.exe())
                        .text("host", spend.host())
                        .text("method", spend.method())
                        .text("operation", spend.operation())
                        .number("port", spend.port())
                        .text("price", spend.price())
                        .text("provider", spend.provider())
                        .number("size", spend.size())
                        .text("target", spend.target());
            case Act.Connect connect ->
                out.texts("addresses", addresses(connect))
                        .begin("caller")
                        .texts("argv", connect.caller().argv())
                        .text("arguments_sha256", connect.caller().arguments())
                        .text("content_sha256", connect.caller().content())
                        .text("cwd", connect.caller().cwd())
                        .text("exe", connect.caller().exe())
                        .text("user", connect.caller().user())
                        .end()
                        .text("host", connect.host().orElse(null))
                        .number("port", connect.port())
                        .text("transport", connect.transport().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Why it is another act now, or empty. */
    private static Optional<String> change(Act.Request before, Act.Request after) {
        return first(
                differ("another program asks", before.exe(), after.exe()),
                differ("another host is asked", before.host(), after.host()),
                differ("another port is asked", before.port(), after.port()),
                differ("the method changed", before.method(), after.method()),
                differ("the path or the query changed", before.target(), after.target()),
                differ("a header that says what is done changed", before.headers(), after.headers()),
                differ("the body changed", before.content(), after.content()),
                differ("the act changed", before, after));
    }

    /** A variable as it may be shown: what looks like a secret is told by its name alone. */
    private static String hidden(String variable) {
        int equals = variable.indexOf('=');
        String name = equals < 0 ? variable : variable.substring(0, equals);
        return SECRET.matcher(name).find() ? name + "=(hidden)" : variable;
    }

    private static List<String> addresses(Act.Connect connect) {
        return connect.addresses().stream()
                .map(InetAddress::getHostAddress)
                .sorted()
                .toList();
    }

    /** What is different now, as half a sentence; empty if this is still the act that was asked about. */
    static Optional<String> change(Act asked, Act now) {
        return switch (asked) {
            case Act.Request before ->
                now instanceof Act.Request after ? change(before, after) : Optional.of("it is another act");
            case Act.Leak _ -> differ("what the request carries changed", asked, now);
            case Act.Tool _ -> differ("the call changed", asked, now);
            case Act.Definition _ -> differ("the description changed", asked, now);
            case Act.Spend _ -> differ("what is bought changed", asked, now);
            case Act.Exec before ->
                now instanceof Act.Exec after
                        ? first(
                                differ("another file would run", before.file(), after.file()),
                                differ("the program's content changed", before.content(), after.content()),
                                differ("the arguments changed", before.arguments(), after.arguments()),
                                differ("the working directory changed", before.cwd(), after.cwd()),
                                differ("the environment changed", before.environment(), after.environment()),
                                differ("a file that the arguments name changed", before.named(), after.named()),
                                differ("the act changed", before, after))
                        : Optional.of("it is another act");
            case Act.Connect before ->
                now instanceof Act.Connect after
                        ? first(
                                differ("another program asks", before.caller(), after.caller()),
                                differ("it leads elsewhere", before.host(), after.host()),
                                differ("it leads to another port", before.port(), after.port()),
                                common(before, after).isEmpty()
                                        ? Optional.of("the name leads to other addresses")
                                        : Optional.empty())
                        : Optional.of("it is another act");
        };
    }

    /** The addresses a person saw that are still true. */
    static List<InetAddress> common(Act.Connect asked, Act.Connect now) {
        return now.addresses().stream().filter(asked.addresses()::contains).toList();
    }

    @SafeVarargs
    private static Optional<String> first(Optional<String>... changes) {
        for (Optional<String> change : changes) {
            if (change.isPresent()) {
                return change;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differ(String what, Object before, Object after) {
        return before.equals(after) ? Optional.empty() : Optional.of(what);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
