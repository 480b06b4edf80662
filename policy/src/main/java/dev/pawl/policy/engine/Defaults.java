package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.Decision;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Ranges;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.Shown;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/** Says why nothing grants an attempt, and which boundary stands behind that. Immutable and thread-safe. */
final class Defaults {
    private static final String CREDENTIALS = "no-credential-hunting";

    /** Requests that a reason names; the charter has all. */
    private static final int MOST_NAMED = 8;

    private final Charter charter;
    private final List<HostGrant> hosts;

    Defaults(Charter charter) {
        this.charter = charter;
        this.hosts = Permissions.hosts(charter).toList();
    }

    Decision deny(Attempt attempt, Question question) {
        return switch (attempt) {
            case Attempt.Resolve resolve ->
                deny(
                        Prohibitions.COVERT,
                        "no grant covers the name " + Shown.clean(resolve.name()) + "; no resolver was asked");
            case Attempt.Connect connect ->
                connect.host()
                        .map(host -> deny(Prohibitions.COVERT, named(connect, host)))
                        .orElseGet(() -> address(connect.address(), Reasons.target(attempt)));
            case Attempt.Dial dial -> address(dial.address(), Reasons.target(attempt));
            case Attempt.Request request -> Decision.deny(Ids.DEFAULT, null, requested(request));
            case Attempt.Leak leak ->
                deny(Prohibitions.EXFILTRATION, "no grant has a person asked about " + Reasons.target(leak));
            case Attempt.Spend spend ->
                deny(Prohibitions.SPENDING, "no grant lets " + Reasons.target(spend) + " go on");
            case Attempt.Speak _ ->
                deny(Prohibitions.COVERT, "no rule lets " + Reasons.target(attempt) + " be spoken there");
            case Attempt.Tool call -> Decision.deny(Ids.DEFAULT, null, tool(call));
            case Attempt.LocalConnect _ ->
                deny(Prohibitions.LATERAL, "no grant covers the unix socket " + Reasons.target(attempt));
            case Attempt.Exec exec -> Decision.deny(Ids.DEFAULT, null, program(exec));
            case Attempt.Mount mount ->
                Decision.deny(Ids.DEFAULT, null, shown(mount, Reasons.subject(attempt, question)));
        };
    }

    private static Decision deny(String boundary, String because) {
        return Decision.deny(Ids.DEFAULT, boundary, because);
    }

    private String named(Attempt.Connect connect, String host) {
        String name = Shown.clean(host);
        return hosts.stream()
                .filter(grant -> grant.covers(host))
                .findFirst()
                .map(grant -> name + " is granted on port " + grant.port() + ", not on " + connect.port())
                .orElseGet(() -> "no grant covers " + name + " on port " + connect.port());
    }

    private String requested(Attempt.Request request) {
        List<HostGrant> read = hosts.stream()
                .filter(grant -> grant.covers(request.host())
                        && grant.port() == request.port()
                        && grant.inspection().isPresent())
                .toList();
        if (read.isEmpty()) {
            return "no grant that reads requests covers " + Reasons.target(request);
        }
        String open = read.stream()
                .flatMap(grant -> grant.inspection().orElseThrow().requests().stream())
                .limit(MOST_NAMED)
                .map(CharterText::text)
                .collect(Collectors.joining(", "));
        return Reasons.target(request) + " is not among the requests "
                + read.getFirst().id() + " grants: " + open;
    }

    private static Decision address(InetAddress address, String target) {
        String kind = Ranges.special(address).orElse("");
        return switch (kind) {
            case "metadata" -> deny(CREDENTIALS, target + " is where clouds hand out credentials; no grant covers it");
            case "benchmark" ->
                deny(Prohibitions.COVERT, target + " stands for no name this run asked for; connect by name");
            case "" ->
                deny(Prohibitions.COVERT, "no grant covers the address " + target + "; hosts are reached by name");
            default ->
                deny(
                        Prohibitions.LATERAL,
                        target + " is special (" + kind + "), not the open Internet; no grant covers it");
        };
    }

    private String program(Attempt.Exec exec) {
        String target = Reasons.target(exec);
        if (exec.file().isEmpty()) {
            return "which file " + target + " is could not be told, and the charter names the programs that may start";
        }
        boolean granted = charter.commands().stream()
                .flatMap(List::stream)
                .map(CommandGrant::program)
                .anyMatch(program -> program.toString().equals(exec.file()));
        if (!granted) {
            return "no grant covers the program " + target + "; the charter names those that may start";
        }
        return Questions.complete(exec.program())
                ? target + " is granted, but not with these arguments"
                : target + " is granted, but its arguments are too many or too long to be looked at whole";
    }

    private String tool(Attempt.Tool call) {
        String target = Reasons.target(call);
        boolean named = charter.tools().allow().stream()
                .anyMatch(grant -> grant.server().equals(call.server()) && grant.covers(call.tool()));
        return named
                ? target + " is granted, but not with these arguments"
                : "no grant covers " + target + "; the charter names those that may be called under tools";
    }

    private String shown(Attempt.Mount mount, String subject) {
        boolean readable = mount.write() && charter.files().read().stream().anyMatch(mount.path()::startsWith);
        return readable
                ? subject + " is granted to be read, not to be written"
                : "no grant covers " + subject.replaceFirst(",$", "") + "; name it under files";
    }
}
