package dev.pawl.policy.review;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Ranges;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.cedar.EntityConstraint;
import dev.pawl.policy.engine.Ids;
import dev.pawl.policy.engine.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One permission as it was granted, before anything that forbids it was asked.
 *
 * @param permission without what forbids it
 * @param covers the attempts it was granted for
 */
record Granted(Permission permission, Predicate<Attempt> covers) {
    static Granted of(HostGrant grant) {
        return new Granted(
                new Permission(
                        "connect",
                        grant.host(),
                        grant.port() + asks(grant.ask()),
                        CharterText.text(grant.protocol()),
                        grant.id(),
                        ""),
                attempt -> attempt instanceof Attempt.Connect connect
                        && connect.transport() == Attempt.Transport.TCP
                        && connect.port() == grant.port()
                        && connect.host().filter(grant::covers).isPresent());
    }

    static Granted of(AddressGrant grant) {
        return new Granted(
                new Permission(
                        "connect, dial",
                        grant.range().toString(),
                        grant.port() + asks(grant.ask()),
                        CharterText.text(grant.protocol()),
                        grant.id(),
                        ""),
                attempt -> attempt instanceof Attempt.Connect connect
                        && connect.transport() == Attempt.Transport.TCP
                        && connect.port() == grant.port()
                        && connect.host().isEmpty()
                        && grant.range().contains(Ranges.plain(connect.address())));
    }

    static Granted of(CommandGrant grant) {
        List<String> patterns = grant.arguments().stream()
                .map(CharterText::text)
                .map(text -> text.isEmpty() ? "\"\"" : text)
                .toList();
        return new Granted(
                new Permission(
                        "exec",
                        grant.program().toString(),
                        (patterns.isEmpty() ? "any arguments" : String.join(" | ", patterns)) + asks(grant.ask()),
                        "",
                        grant.id(),
                        ""),
                attempt -> attempt instanceof Attempt.Exec exec
                        && exec.file().equals(grant.program().toString()));
    }

    /** Any program, where a charter names none. */
    static Granted anyProgram(String rule) {
        return new Granted(
                new Permission("exec", "any program", "any arguments", "", rule, ""),
                attempt -> attempt instanceof Attempt.Exec);
    }

    /** A path that is shown; it is shown as a whole or not at all. */
    static Granted of(String rule, Path path, boolean write) {
        return new Granted(
                new Permission(write ? "mount-write" : "mount-read", path.toString(), "", "", rule, ""),
                attempt -> attempt.equals(new Attempt.Mount(path, write)));
    }

    /** What every run may do without a grant. */
    static List<Granted> always() {
        return List.of(
                new Granted(
                        new Permission("connect", "the run's own loopback", "any port", "", Ids.SANDBOX_LOOPBACK, ""),
                        attempt -> false),
                new Granted(
                        new Permission(
                                "connect-socket", "sockets of the run's own programs", "", "", Ids.SANDBOX_SOCKET, ""),
                        attempt -> false),
                new Granted(
                        new Permission(
                                "dial", "ordinary addresses of granted names", "any port", "", Ids.OPEN_ADDRESS, ""),
                        attempt -> attempt instanceof Attempt.Dial dial
                                && Ranges.special(dial.address()).isEmpty()));
    }

    /** A permit somebody wrote in Cedar; what it covers cannot be told from its text. */
    static Granted of(Rule rule) {
        return new Granted(
                new Permission(
                        String.join(
                                ", ",
                                PolicyRelation.actions(rule.policy().action()).stream()
                                        .sorted()
                                        .toList()),
                        resource(rule),
                        ((rule.policy().conditions().isEmpty() ? "" : "if its conditions hold") + asks(rule.ask()))
                                .strip(),
                        rule.protocol().map(CharterText::text).orElse(""),
                        rule.id(),
                        ""),
                attempt -> false);
    }

    private static String asks(Optional<String> ask) {
        return ask.isPresent() ? " (asks)" : "";
    }

    private static String resource(Rule rule) {
        return switch (rule.policy().resource()) {
            case EntityConstraint.Any _ -> "anything";
            case EntityConstraint.Equal(var uid) -> uid.toString();
            case EntityConstraint.In(var group) -> "in " + group;
            case EntityConstraint.Is(var type) -> "any " + type;
            case EntityConstraint.IsIn(var type, var group) -> type + " in " + group;
        };
    }
}
