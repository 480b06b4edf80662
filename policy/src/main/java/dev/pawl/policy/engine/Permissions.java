package dev.pawl.policy.engine;

import static dev.pawl.policy.engine.RuleText.in;
import static dev.pawl.policy.engine.RuleText.is;
import static dev.pawl.policy.engine.RuleText.rule;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Leaks;
import dev.pawl.core.Protocol;
import dev.pawl.core.RequestRule;
import dev.pawl.core.Spending;
import dev.pawl.core.ToolGrants;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.DefaultGrants;
import dev.pawl.policy.Organization;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.cedar.Pattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run may do, as rules. In each list the more exact rule comes first: it names the decision. */
final class Permissions {
    private static final String FILES = "action in " + Words.FILES;

    private Permissions() {}

    /** Between the programs of a run; nothing of it leaves. */
    static List<String> inside() {
        return List.of(
                rule(Ids.SANDBOX_LOOPBACK)
                        .because("loopback stays inside the run")
                        .permit(is(Words.CONNECT), "resource is Address")
                        .when(List.of("resource.ip.isLoopback()"))
                        .end(),
                rule(Ids.SANDBOX_SOCKET)
                        .because("a program of the same run listens there")
                        .permit(is(Words.CONNECT_SOCKET), "resource is Socket")
                        .when(List.of("resource.inside"))
                        .end());
    }

    /** Where names may lead; after the grants by number, which name the decision where both hold. */
    static List<String> open() {
        return List.of(rule(Ids.OPEN_ADDRESS)
                .because("an ordinary address of the Internet, or where the charter's own route leads")
                .permit(is(Words.DIAL), "resource is Address")
                .when(List.of("!(resource has special)", "context.routed"))
                .end());
    }

    /** What granted connections may speak; what a grant's own protocol refuses never gets there. */
    static List<String> spoken() {
        return List.of(rule(Ids.SPOKEN)
                .because("the connection is granted, and no boundary forbids what it speaks")
                .permit(is(Words.SPEAK), "resource")
                .end());
    }

    /** Those of the charter itself, or those the organisation joined to it. */
    static List<String> granted(Charter charter, Organization organization, boolean own) {
        List<String> rules = new ArrayList<>();
        hosts(charter).filter(grant -> own == own(grant.id())).forEach(grant -> {
            rules.add(host(grant));
            rules.addAll(requests(grant));
            leaks(grant).ifPresent(rules::add);
            rules.addAll(spending(grant));
        });
        addresses(charter).filter(grant -> own == own(grant.id())).forEach(grant -> rules.add(address(grant)));
        charter.commands()
                .ifPresent(commands -> commands.stream()
                        .filter(grant -> own == own(grant.id()))
                        .forEach(grant -> rules.add(command(grant))));
        if (own && charter.commands().isEmpty()) {
            rules.add(rule(Ids.EXEC)
                    .because("programs may start; what they do is decided as they do it")
                    .permit(is(Words.EXEC), "resource is Program")
                    .end());
        }
        if (own) {
            charter.tools().allow().forEach(grant -> rules.add(tool(grant)));
        }
        files(charter, organization, own, rules);
        return rules;
    }

    private static boolean own(String id) {
        return !id.startsWith(DefaultGrants.PREFIX);
    }

    /** Grants of hosts, the more exact first: a name before a pattern, the longer pattern before the shorter. */
    static Stream<HostGrant> hosts(Charter charter) {
        return charter.network().allow().stream().sorted(Permissions::byExactness);
    }

    private static Stream<AddressGrant> addresses(Charter charter) {
        return charter.network().addresses().stream()
                .sorted((a, b) -> Integer.compare(b.range().prefix(), a.range().prefix()));
    }

    /** Written out, as are all comparisons here: what Comparator puts together takes milliseconds of a start. */
    private static int byExactness(HostGrant a, HostGrant b) {
        int patterns = Boolean.compare(a.host().startsWith("*."), b.host().startsWith("*."));
        return patterns != 0
                ? patterns
                : Integer.compare(b.host().length(), a.host().length());
    }

    private static RuleText granting(String id, Optional<String> ask) {
        RuleText text = rule(id);
        ask.ifPresent(reason -> text.annotation(Rules.ASK, reason));
        return text;
    }

    private static String host(HostGrant grant) {
        RuleText text = granting(grant.id(), grant.ask())
                .because(grant.id() + " grants " + grant.host() + " on port " + grant.port())
                .annotation("protocol", text(grant.protocol()));
        if (grant.inspection().isPresent()) {
            text.annotation("inspect", "true");
        }
        return text.permit(in(Words.RESOLVE, Words.CONNECT), resource(grant))
                .when(List.of(is(Words.RESOLVE), "context.transport == \"tcp\" && context.port == " + grant.port()))
                .end();
    }

    private static String resource(HostGrant grant) {
        return (grant.host().startsWith("*.") ? "resource in " : "resource == ") + RuleText.host(grant.host());
    }

    /** A request is never seen where requests are not read, so only grants under which they are have rules for them. */
    private static List<String> requests(HostGrant grant) {
        if (grant.inspection().isEmpty()) {
            return List.of();
        }
        List<RequestRule> requests = grant.inspection().get().requests();
        if (requests.isEmpty()) {
            return List.of(rule(grant.id() + ".requests")
                    .because(grant.id() + " grants any request")
                    .permit(is(Words.REQUEST), resource(grant))
                    .when(List.of("context.port == " + grant.port()))
                    .end());
        }
        return requests.stream().map(request -> request(grant, request)).toList();
    }

    /** Only a person lets out what should stay; without {@code leaks: ask} nobody does. */
    private static Optional<String> leaks(HostGrant grant) {
        return grant.inspection()
                .filter(inspection -> inspection.leaks() == Leaks.ASK)
                .map(_ -> rule(grant.id() + ".leaks")
                        .annotation(Rules.ASK, "what leaves with it cannot be taken back")
                        .because(grant.id() + " has a person asked about what should stay inside")
                        .permit(is(Words.LEAK), resource(grant))
                        .when(List.of("context.port == " + grant.port()))
                        .end());
    }

    /** What is allowed by name first; of the rest a person is asked unless the charter says otherwise. */
    private static List<String> spending(HostGrant grant) {
        if (grant.inspection().isEmpty()) {
            return List.of();
        }
        Spending spending = grant.inspection().get().spending();
        List<String> rules = new ArrayList<>();
        spending.allow().forEach(allowed -> rules.add(spend(grant, allowed)));
        switch (spending.otherwise()) {
            case DENY -> {}
            case ASK ->
                rules.add(spend(
                        grant,
                        rule(grant.id() + ".spend")
                                .annotation(Rules.ASK, "money that was spent cannot be called back")
                                .because(grant.id() + " has a person asked about what costs money"),
                        ""));
            case ALLOW ->
                rules.add(
                        spend(grant, rule(grant.id() + ".spend").because(grant.id() + " grants what costs money"), ""));
        }
        return rules;
    }

    private static String spend(HostGrant grant, Spending.Allowed allowed) {
        StringBuilder text = new StringBuilder(" && context.provider == ").append(RuleText.quote(allowed.provider()));
        Pattern operation = RuleText.pattern(allowed.operation());
        text.append(" && context.operation ")
                .append(
                        operation.pieces().size() == 1
                                ? "== " + RuleText.quote(operation.pieces().getFirst())
                                : "like " + operation);
        allowed.most()
                .ifPresent(most -> text.append(" && context has micros && context has currency && context has per")
                        .append(" && context.currency == ")
                        .append(RuleText.quote(most.currency()))
                        .append(" && context.per == ")
                        .append(RuleText.quote(most.per().text()))
                        .append(" && context.micros <= ")
                        .append(most.micros()));
        return spend(
                grant,
                rule(allowed.id())
                        .because(allowed.id() + " grants " + allowed.provider() + " " + allowed.operation()
                                + allowed.most()
                                        .map(most -> " up to " + most.text())
                                        .orElse("")),
                text.toString());
    }

    private static String spend(HostGrant grant, RuleText rule, String more) {
        return rule.permit(is(Words.SPEND), resource(grant))
                .when(List.of("context.port == " + grant.port() + more))
                .end();
    }

    private static String request(HostGrant grant, RequestRule request) {
        StringBuilder text = new StringBuilder("context.port == ").append(grant.port());
        if (!request.method().equals("*")) {
            text.append(" && context.method == ").append(RuleText.quote(request.method()));
        }
        text.append(" && context.count ")
                .append(request.more() ? ">= " : "== ")
                .append(request.segments().size());
        for (int i = 0; i < request.segments().size(); i++) {
            RuleText.word(
                    text,
                    "context.segments",
                    String.valueOf(i + 1),
                    request.segments().get(i));
        }
        return granting(request.id(), request.ask())
                .because(request.id() + " grants " + CharterText.text(request))
                .permit(is(Words.REQUEST), resource(grant))
                .when(List.of(text.toString()))
                .end();
    }

    private static String address(AddressGrant grant) {
        return granting(grant.id(), grant.ask())
                .because(grant.id() + " grants " + grant.range() + " on port " + grant.port())
                .annotation("protocol", text(grant.protocol()))
                .permit(in(Words.CONNECT, Words.DIAL), "resource is Address")
                .when(List.of("context.port == " + grant.port() + " && " + RuleText.within(grant.range())))
                .end();
    }

    private static String command(CommandGrant grant) {
        return granting(grant.id(), grant.ask())
                .because(grant.id() + " grants " + grant.program())
                .permit(is(Words.EXEC), "resource == " + RuleText.program(grant.program()))
                .when(grant.arguments().stream().map(Permissions::arguments).toList())
                .end();
    }

    private static String tool(ToolGrants.Grant grant) {
        List<String> conditions = new ArrayList<>();
        if (!grant.tool().equals("*")) {
            conditions.add("resource.name " + RuleText.matches(grant.tool()));
        }
        grant.arguments().ifPresent(arguments -> {
            conditions.add(arguments.stream()
                    .map(argument -> RuleText.quote(argument.name()))
                    .collect(Collectors.joining(", ", "[", "].containsAll(context.arguments)")));
            arguments.forEach(argument -> conditions.add(argument(argument)));
        });
        return granting(grant.id(), grant.ask())
                .because(grant.id() + " grants " + grant.tool() + " of " + grant.server())
                .permit(is(Words.CALL_TOOL), "resource in " + new EntityUid(Words.SERVER, grant.server()))
                .when(conditions.isEmpty() ? List.of() : List.of(String.join(" && ", conditions)))
                .end();
    }

    /** A star may stand for a path, but never for the way up out of one that the pattern names. */
    private static String argument(ToolGrants.Argument argument) {
        String name = RuleText.quote(argument.name());
        String has = "resource.hasTag(" + name + ")";
        String value = "resource.getTag(" + name + ")";
        boolean path = argument.pattern().contains("/") && argument.pattern().contains("*");
        String matches =
                value + " " + RuleText.matches(argument.pattern()) + (path ? " && !(" + value + " like \"*..*\")" : "");
        return argument.optional() ? "(!" + has + " || (" + matches + "))" : has + " && " + matches;
    }

    /**
     * A command line that was cut matches nothing: what is missing may say anything. Each argument is asked for before it
     * is looked at, as the schema demands, which does not count.
     */
    private static String arguments(CommandGrant.Arguments pattern) {
        StringBuilder text = new StringBuilder("context.complete && context.arguments ")
                .append(pattern.more() ? ">= " : "== ")
                .append(pattern.words().size());
        for (int i = 0; i < pattern.words().size(); i++) {
            RuleText.word(
                    text, "context.argv", String.valueOf(i + 1), pattern.words().get(i));
        }
        return text.toString();
    }

    private static void files(Charter charter, Organization organization, boolean own, List<String> into) {
        List<Path> joined = organization.grants().read();
        List<Path> read = charter.files().read();
        for (int i = 0; i < read.size(); i++) {
            int at = joined.indexOf(read.get(i));
            if (own == at < 0) {
                String id = own ? "files.read[" + i + "]" : DefaultGrants.PREFIX + "files.read[" + at + "]";
                into.add(shown(id, read.get(i), is(Words.MOUNT_READ)));
            }
        }
        if (!own) {
            return;
        }
        List<Path> write = charter.files().write();
        for (int i = 0; i < write.size(); i++) {
            into.add(shown("files.write[" + i + "]", write.get(i), FILES));
        }
        into.add(rule(Ids.WORKSPACE)
                .because("the workspace is where the agent works")
                .permit(FILES, "resource in " + RuleText.path(charter.workspace()))
                .end());
    }

    private static String shown(String id, Path path, String action) {
        return rule(id).because(id + " grants " + path)
                .permit(action, "resource in " + RuleText.path(path))
                .end();
    }

    private static String text(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }
}
