package dev.pawl.policy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an agent should do after a denial, in a sentence or two. Never how to get round it: a charter is widened by its
 * owner, and a boundary by nobody.
 */
public final class NextStep {
    private static final String WITHOUT = "go on without it";

    private NextStep() {}

    /**
     * The words for one denial.
     *
     * @param attempt what was denied, empty where it is not known
     * @param owner who answers for the agent
     */
    public static String of(Optional<Attempt> attempt, Decision denial, String owner) {
        return switch (denial.rule()) {
            case "budget.egress" ->
                "nothing more leaves in this run; finish without the network and tell " + owner
                        + " that budget.egress is spent.";
            case String rule
            when ofModels(rule) ->
                "wait until that limit begins anew if it does soon; else finish without the model and tell " + owner
                        + " that " + rule + " is spent.";
            case "gateway-closed" -> "the network of this run is gone; nothing more can be reached.";
            case "unresolved" ->
                "check the spelling of the name; if it is right, " + WITHOUT + " and tell " + owner
                        + " that it leads nowhere.";
            case "protocol-mismatch" ->
                "speak the protocol that is granted (tls is https://, http is http://), or ask " + owner
                        + " to set the grant's protocol to what is spoken.";
            case "name-mismatch" ->
                "use the name of the grant in the TLS hello (SNI) and in the Host of HTTP; for another host, " + WITHOUT
                        + " and tell " + owner + " which one is needed.";
            case "first-bytes-late" -> "connect when there is something to send, and send it at once.";
            case "malformed-name" -> "ask for a name of letters, digits, hyphens, underscores and dots.";
            case "too-many-flows" -> "close connections, then try again.";
            case "udp" -> "use TCP; names are asked at the run's own name server. Otherwise " + WITHOUT + ".";
            case "policy-error", "not-ready" ->
                "it is Pawl that failed, and what fails is denied; " + WITHOUT + " and tell " + owner + ".";
            case "refused" -> "a person said no: do not ask again, " + WITHOUT + ".";
            case "ask.expired" -> "nobody answered in time; " + WITHOUT + " and tell " + owner + " what you needed.";
            case "ask.limit" -> "too many questions are open; " + WITHOUT + ", and ask for less at a time.";
            case "ask.changed" -> "what was agreed to had changed; leave it as it is and try once more.";
            default -> granting(attempt, denial, owner);
        };
    }

    /**
     * What the owner could do about a denial, for the summary of a run: the charter's line on one line, or why there is
     * none; empty where there is nothing to do.
     */
    public static Optional<String> remedy(Attempt attempt, Decision denial) {
        Optional<String> advice = Advice.lineFor(attempt, denial)
                .map(lines -> isGrant(lines) ? "grant: " + inOneLine(lines) : inOneLine(lines));
        return advice.or(() -> switch (denial.rule()) {
            case "budget.egress" -> Optional.of("the bytes this run may send were spent: raise budget.egress");
            case String rule when ofModels(rule) -> Optional.of("what may be used of models was spent: raise " + rule);
            case "unresolved" -> Optional.of("no grant helps: the name leads nowhere");
            case "malformed-name" -> Optional.of("no grant helps: no host is called so");
            case "first-bytes-late", "too-many-flows" -> Optional.of("no grant helps: see docs/denials.md");
            default -> Optional.empty();
        });
    }

    private static boolean ofModels(String rule) {
        return rule.startsWith("budget.model.") || rule.startsWith("limits.model.");
    }

    private static String granting(Optional<Attempt> attempt, Decision denial, String owner) {
        Optional<String> advice = attempt.flatMap(tried -> Advice.lineFor(tried, denial));
        if (advice.isEmpty()) {
            return WITHOUT + " and tell " + owner + " what you needed and why.";
        }
        String line = inOneLine(advice.get());
        return isGrant(advice.get())
                ? WITHOUT + ", or ask " + owner + " to add to the charter: " + line
                : line + ". Do not look for another way; " + WITHOUT + " and say so.";
    }

    /** Whether an advice is lines for a charter, and not the reason why there are none. */
    public static boolean isGrant(String advice) {
        return advice.lines().anyMatch(line -> !line.startsWith("#"));
    }

    /** An {@linkplain Advice advice} on one line: the path and the item in braces; a comment without its sign. */
    public static String inOneLine(String advice) {
        if (!isGrant(advice)) {
            return advice.replaceFirst("^# ?", "");
        }
        List<String> lines = advice.lines()
                .filter(line -> !line.startsWith("#"))
                .map(String::strip)
                .toList();
        String path = lines.stream()
                .filter(line -> line.endsWith(":"))
                .map(line -> line.substring(0, line.length() - 1))
                .collect(Collectors.joining("."));
        String item = lines.stream()
                .filter(line -> !line.endsWith(":"))
                .map(line -> line.replaceFirst("^- ", "").replaceFirst(" # [^\"]*$", ""))
                .collect(Collectors.joining(", "));
        // A list of paths has plain items, all others are mappings.
        return path + ": [" + (path.startsWith("files.") ? item : "{" + item + "}") + "]";
    }
}
