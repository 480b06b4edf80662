package dev.pawl.policy;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import dev.pawl.core.RequestRule;
import dev.pawl.core.ToolGrants;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads what has to do with asking a person: {@code ask} of a grant, and {@code asks} of a charter. */
final class AskReader {
    /** The key of a grant. */
    static final String ASK = "ask";

    static final List<String> KEYS = List.of("wait");

    private static final String ALLOWED = "true is allowed, or why a person should look: one line of 1 to "
            + Charter.Asks.LONGEST_REASON + " characters";

    /** Whoever writes one of them as text meant a truth value, and maybe the other one. */
    private static final Set<String> ANSWERS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n");

    private AskReader() {}

    /** Why a person is asked under a grant; empty where nobody is. */
    static Optional<String> ask(Section grant) {
        return grant.get(ASK).flatMap(AskReader::reason);
    }

    private static Optional<String> reason(Value value) {
        if (value.node().getTag().equals(Tag.BOOL)) {
            return value.written().filter(Boolean::parseBoolean).map(_ -> Charter.Asks.NO_REASON);
        }
        Optional<String> text = value.text(Charter.Asks.LONGEST_REASON, ALLOWED);
        if (text.isPresent() && ANSWERS.contains(text.get().strip().toLowerCase(Locale.ROOT))) {
            value.problem("is the text " + Shown.quote(text.get()) + ", which is no reason; " + ALLOWED
                    + "; leave the key out to ask nobody");
        }
        return text;
    }

    static Charter.Asks asks(Section root) {
        return root.get("asks")
                .flatMap(value -> value.section(KEYS))
                .flatMap(section -> section.get("wait"))
                .flatMap(AskReader::duration)
                .map(Charter.Asks::new)
                .orElse(Charter.Asks.USUAL);
    }

    private static Optional<Duration> duration(Value value) {
        return Amounts.duration(value, Charter.Asks.LEAST, Charter.Asks.MOST, "a time from 1s to 24h");
    }

    /** Whether any grant asks, the organisation's that were joined to the charter included. */
    static boolean anything(Charter charter) {
        return Stream.of(
                        charter.network().allow().stream().map(HostGrant::ask),
                        charter.network().allow().stream()
                                .flatMap(grant -> grant.inspection().stream())
                                .flatMap(inspection -> inspection.requests().stream())
                                .map(RequestRule::ask),
                        charter.network().addresses().stream().map(AddressGrant::ask),
                        charter.commands().stream().flatMap(List::stream).map(CommandGrant::ask),
                        charter.tools().allow().stream().map(ToolGrants.Grant::ask))
                .flatMap(asks -> asks)
                .anyMatch(Optional::isPresent);
    }

    /** As a charter writes it. */
    static String text(String reason) {
        return reason.equals(Charter.Asks.NO_REASON) ? "true" : YamlLines.quoted(reason);
    }
}
