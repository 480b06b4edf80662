package dev.pawl.policy;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Boundary;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Inspection;
import dev.pawl.core.Protocol;
import dev.pawl.core.RequestRule;
import dev.pawl.core.SecretGrant;
import dev.pawl.core.ToolGrants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Writes a charter as YAML, every default said. What it writes loads again, under the same organisation, to an equal
 * charter; what an organisation grants beside it stands there as comments.
 */
public final class CharterText {
    private CharterText() {}

    /** The charter as YAML. Equal charters give equal text. */
    public static String render(Charter charter) {
        return render(charter, _ -> List.of());
    }

    /**
     * The same with comments.
     *
     * @param notes lines for above the grant with an id, or above the key with a name; each is one line of readable text
     */
    public static String render(Charter charter, Function<String, List<String>> notes) {
        YamlLines lines = new YamlLines();

        note(lines, 0, notes, "agent");
        lines.add(0, "agent", quoted(charter.agent()));
        note(lines, 0, notes, "owner");
        lines.open(0, "owner");
        lines.add(1, "name", quoted(charter.owner().name()));
        lines.list(1, "page", charter.owner().page());
        note(lines, 0, notes, "purpose");
        lines.add(0, "purpose", quoted(charter.purpose()));
        lines.add(0, "workspace", quoted(charter.workspace().toString()));
        note(lines, 0, notes, "files");
        if (!charter.files().equals(new Charter.FileGrants(List.of(), List.of()))) {
            lines.open(0, "files");
            lines.list(1, "read", paths(charter.files().read()));
            lines.list(1, "write", paths(charter.files().write()));
            lines.list(1, MarkedPatterns.KEY, charter.files().marked());
        }
        note(lines, 0, notes, "network");
        network(lines, charter.network(), notes);
        note(lines, 0, notes, "commands");
        charter.commands().ifPresent(commands -> commands(lines, commands, notes));
        note(lines, 0, notes, "env");
        if (!charter.env().pass().isEmpty() || !charter.env().set().isEmpty()) {
            lines.open(0, "env");
            lines.list(1, "pass", charter.env().pass());
            if (!charter.env().set().isEmpty()) {
                lines.open(1, "set");
                new TreeMap<>(charter.env().set()).forEach((name, value) -> lines.add(2, quoted(name), quoted(value)));
            }
        }
        note(lines, 0, notes, "budget");
        budget(lines, charter.budget());
        asks(lines, charter);
        note(lines, 0, notes, "boundaries");
        boundaries(lines, charter.boundaries());
        lines.list(0, "instructions", charter.instructions());
        note(lines, 0, notes, "secrets");
        SecretReader.write(lines, charter.secrets());
        note(lines, 0, notes, "tools");
        ToolReader.write(lines, charter.tools());
        return lines.toString();
    }

    private static void note(YamlLines lines, int depth, Function<String, List<String>> notes, String id) {
        notes.apply(id).forEach(words -> lines.comment(depth, words));
    }

    private static void network(YamlLines lines, Charter.NetworkGrants network, Function<String, List<String>> notes) {
        List<HostGrant> allow =
                network.allow().stream().filter(grant -> own(grant.id())).toList();
        List<AddressGrant> addresses =
                network.addresses().stream().filter(grant -> own(grant.id())).toList();
        network.allow().stream()
                .filter(grant -> !own(grant.id()))
                .forEach(grant -> lines.comment(
                        0,
                        grant.id() + ": " + grant.host() + " " + grant.port() + " " + text(grant.protocol())
                                + asking(grant.ask()) + InspectionReader.text(grant.inspection())));
        network.addresses().stream()
                .filter(grant -> !own(grant.id()))
                .forEach(grant -> lines.comment(
                        0,
                        grant.id() + ": " + grant.range() + " " + grant.port() + " " + text(grant.protocol())
                                + asking(grant.ask())));
        if (new Charter.NetworkGrants(allow, addresses, network.routes(), network.authorities(), network.resolver())
                .equals(NetworkReader.NOTHING)) {
            lines.add(0, "network", network.equals(NetworkReader.NOTHING) ? "{} # nothing can be reached" : "{}");
            return;
        }
        lines.open(0, "network");
        if (!allow.isEmpty()) {
            lines.open(1, "allow");
            allow.forEach(grant -> {
                note(lines, 2, notes, grant.id());
                lines.add(2, "- host", quoted(grant.host()));
                lines.add(3, "port", String.valueOf(grant.port()));
                lines.add(3, "protocol", text(grant.protocol()));
                ask(lines, 3, grant.ask());
                grant.inspection().ifPresent(inspection -> InspectionReader.write(lines, 3, inspection));
            });
        }
        if (!addresses.isEmpty()) {
            lines.open(1, "addresses");
            addresses.forEach(grant -> {
                note(lines, 2, notes, grant.id());
                lines.add(2, "- cidr", quoted(grant.range().toString()));
                lines.add(3, "port", String.valueOf(grant.port()));
                lines.add(3, "protocol", text(grant.protocol()));
                ask(lines, 3, grant.ask());
            });
        }
        if (!network.routes().isEmpty()) {
            lines.open(1, "route");
            new TreeMap<>(network.routes()).forEach((host, to) -> {
                lines.add(2, "- host", quoted(host));
                lines.add(3, "to", quoted(to.toString()));
            });
        }
        lines.list(1, "authorities", paths(network.authorities()));
        network.resolver().ifPresent(resolver -> lines.add(1, "resolver", quoted(resolver.toString())));
    }

    private static void commands(YamlLines lines, List<CommandGrant> commands, Function<String, List<String>> notes) {
        List<CommandGrant> own =
                commands.stream().filter(grant -> own(grant.id())).toList();
        commands.stream()
                .filter(grant -> !own(grant.id()))
                .forEach(grant -> lines.comment(
                        0, grant.id() + ": " + quoted(grant.program().toString()) + asking(grant.ask())));
        if (own.isEmpty()) {
            lines.add(0, "commands", commands.isEmpty() ? "[] # nothing may start" : "[]");
            return;
        }
        lines.open(0, "commands");
        own.forEach(grant -> {
            note(lines, 1, notes, grant.id());
            lines.add(1, "- program", quoted(grant.program().toString()));
            lines.list(
                    2,
                    "arguments",
                    grant.arguments().stream().map(CommandReader::text).toList());
            ask(lines, 2, grant.ask());
        });
    }

    private static void ask(YamlLines lines, int depth, Optional<String> ask) {
        ask.ifPresent(reason -> lines.add(depth, AskReader.ASK, AskReader.text(reason)));
    }

    /** What stands behind a grant in one line. */
    private static String asking(Optional<String> ask) {
        return ask.map(reason -> ", ask: " + AskReader.text(reason)).orElse("");
    }

    /** Said where it matters: where something asks, or somebody chose a time. */
    private static void asks(YamlLines lines, Charter charter) {
        if (AskReader.anything(charter) || !charter.asks().equals(Charter.Asks.USUAL)) {
            lines.open(0, "asks");
            lines.add(1, "wait", Amounts.text(charter.asks().patience()));
        }
    }

    private static void budget(YamlLines lines, Budget budget) {
        lines.open(0, "budget");
        budget.wall().ifPresent(wall -> lines.add(1, "wall", Amounts.text(wall)));
        budget.cpu().ifPresent(cpu -> lines.add(1, "cpu", Amounts.text(cpu)));
        budget.memoryBytes().ifPresent(memory -> lines.add(1, "memory", Amounts.text(memory)));
        lines.add(1, "processes", String.valueOf(budget.processes()));
        budget.egressBytes().ifPresent(egress -> lines.add(1, "egress", Amounts.text(egress)));
        lines.add(1, "tmp", Amounts.text(budget.tmpBytes()));
        if (!budget.model().isEmpty()) {
            lines.open(1, "model");
            ModelLimitReader.write(lines, 2, budget.model());
        }
    }

    private static void boundaries(YamlLines lines, List<Boundary> boundaries) {
        if (boundaries.isEmpty()) {
            lines.add(0, "boundaries", "standard");
            return;
        }
        lines.open(0, "boundaries");
        for (Boundary boundary : boundaries) {
            Boundary.Forbidden forbidden = boundary.forbidden();
            lines.add(1, "- id", quoted(boundary.id()));
            lines.add(2, "never", quoted(boundary.never()));
            lines.add(2, "because", quoted(boundary.because()));
            lines.list(2, "hosts", forbidden.hosts());
            lines.list(
                    2,
                    "networks",
                    forbidden.networks().stream().map(Cidr::toString).toList());
            if (!forbidden.ports().isEmpty()) {
                lines.add(2, "ports", forbidden.ports().toString());
            }
            lines.list(2, "programs", paths(forbidden.programs()));
            if (!forbidden.read().isEmpty() || !forbidden.write().isEmpty()) {
                lines.open(2, "paths");
                lines.list(3, "read", paths(forbidden.read()));
                lines.list(3, "write", paths(forbidden.write()));
            }
            if (!forbidden.cedar().isEmpty()) {
                lines.block(2, "cedar", forbidden.cedar());
            }
            lines.list(2, "drill", boundary.drill());
        }
    }

    /** Whether a grant is written in the charter itself. */
    private static boolean own(String id) {
        return !id.startsWith(DefaultGrants.PREFIX);
    }

    private static List<String> paths(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    /** A pattern for arguments; empty where there may be none. */
    public static String text(CommandGrant.Arguments arguments) {
        return CommandReader.text(arguments);
    }

    /** A time in the largest unit that divides it. */
    public static String text(Duration time) {
        return Amounts.text(time);
    }

    /** A size in the largest unit that divides it. */
    public static String size(long bytes) {
        return Amounts.text(bytes);
    }

    /** Lower-case word of a protocol, as charters write it. */
    public static String text(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    /** A rule for requests: method and path. */
    public static String text(RequestRule request) {
        return RequestText.of(request);
    }

    /** What stands behind a grant whose requests are read; nothing behind others. */
    public static String text(Optional<Inspection> inspection) {
        return InspectionReader.text(inspection);
    }

    /** Tools that may be called, a grant a line. */
    public static List<String> allowed(ToolGrants tools) {
        return tools.allow().stream().map(ToolReader::text).toList();
    }

    /** Tools that may never be called, one a line. */
    public static List<String> denied(ToolGrants tools) {
        return tools.deny().stream()
                .map(refusal -> refusal.tool() + " of " + refusal.server())
                .toList();
    }

    /** Where a secret is put in. */
    public static String text(SecretGrant.Place place) {
        return SecretReader.text(place);
    }

    private static String quoted(String text) {
        return YamlLines.quoted(text);
    }
}
