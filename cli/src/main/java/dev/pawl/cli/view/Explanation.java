package dev.pawl.cli.view;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Boundary;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.policy.NextStep;
import dev.pawl.policy.StandardBoundaries;
import dev.pawl.server.AttemptBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An event in plain words: what was tried and by whom, how it was decided and why, what would change that, how the run
 * came to it, and what came of it.
 *
 * @param chain from the start of the run to the event in question, which is the last
 * @param after events whose cause it is, oldest first; the first few
 * @param beyond how many more there are
 */
public record Explanation(List<Event> chain, List<Event> after, long beyond) {
    private static final String GRANT = "grant: ";
    private static final int MAX_STEPS = 16;
    private static final int MAX_STEP = 60;

    public Explanation {
        chain = List.copyOf(chain);
        after = List.copyOf(after);
    }

    /** {@code charterLine} finds the line of the charter behind a rule, empty where there is none. */
    public List<String> lines(Function<String, Optional<String>> charterLine) {
        Event event = chain.getLast();
        Decision decision = event.decision();
        List<String> lines = new ArrayList<>();
        lines.add(who(event) + ", at " + EventText.time(event) + " UTC.");
        if (decision != null) {
            boolean denied = decision.verdict() == Decision.Verdict.DENY;
            lines.add(verdict(decision) + " by " + Plain.text(decision.by(), 40) + ": " + NoticeText.reason(decision)
                    + ".");
            charterLine
                    .apply(decision.rule())
                    .ifPresent(line -> lines.add("That rule is the charter's " + Plain.text(line, 200)));
            boundary(decision).ifPresent(lines::add);
            if (denied) {
                String remedy = Plain.text(remedy(event, decision), 300);
                lines.add(
                        remedy.startsWith(GRANT)
                                ? "To allow it, add to the charter: " + remedy.substring(GRANT.length())
                                : "Could it be allowed? " + remedy + ".");
            }
        }
        lines.add("How the run came to it: " + steps());
        lines.add("What came of it: "
                + (after.isEmpty()
                        ? nothing(event)
                        : after.size() + beyond + " events, each with" + " more in its own pawl explain:"));
        after.forEach(each -> lines.add("  " + Plain.text(each.id(), 40) + "  " + EventText.line(each)));
        if (beyond > 0) {
            lines.add("  and " + beyond + " more");
        }
        return lines;
    }

    /** What the owner could do about a denial, or that nobody can. */
    public static String remedy(Event event, Decision denial) {
        return AttemptBody.attempt(event.body())
                .flatMap(attempt -> NextStep.remedy(attempt, denial))
                .orElse("nothing in a charter would change this");
    }

    private static String who(Event event) {
        String by = event.process() == null ? "A process that could not be told" : EventText.process(event.process());
        return switch (event.body()) {
            case Body.Exec exec -> by + " tried to start " + EventText.what(exec);
            case Body.Dns dns -> by + " asked for the name " + EventText.what(dns);
            case Body.Connect connect -> by + " tried to connect: " + EventText.what(connect);
            case Body.Payload payload -> by + " " + EventText.what(payload);
            case Body.Flow flow -> by + " used a connection: " + EventText.what(flow);
            case Body.Http http -> by + " made a request: " + EventText.what(http);
            case Body.Spend spend -> by + " asked for what costs money: " + EventText.what(spend);
            case Body.Model model -> by + " was answered by a model: " + EventText.what(model);
            case Body.Tool tool
            when tool.server().equals(Body.Tool.MODEL) -> "A model asked for a tool: " + EventText.what(tool);
            case Body.Tool tool -> by + " called a tool: " + EventText.what(tool);
            case Body.FileAccess file -> by + " touched a file: " + EventText.what(file);
            case Body.Resource resource -> "The run used " + EventText.what(resource);
            case Body.Control control -> "Done to the run: " + EventText.what(control);
            case Body.Finding finding -> "A rule found: " + EventText.what(finding);
        };
    }

    private static String verdict(Decision decision) {
        String text = decision.verdict().text();
        return switch (text) {
            case "allow" -> "Allowed";
            case "deny" -> "Denied";
            case "ask" -> "A person was asked";
            default -> Plain.text(text, 20);
        };
    }

    private static Optional<String> boundary(Decision decision) {
        if (decision.boundary() == null) {
            return Optional.empty();
        }
        String id = Plain.text(decision.boundary(), 80);
        return Optional.of(StandardBoundaries.all().stream()
                .filter(boundary -> boundary.id().equals(decision.boundary()))
                .findFirst()
                .map(boundary ->
                        "The boundary " + id + ": never " + lower(boundary) + ". Because: " + boundary.because())
                .orElse("The boundary " + id + " and its reason stand in the charter or the organisation file."));
    }

    private static String lower(Boundary boundary) {
        String never = boundary.never();
        return never.isEmpty() ? never : Character.toLowerCase(never.charAt(0)) + never.substring(1);
    }

    private String steps() {
        int from = Math.max(0, chain.size() - MAX_STEPS);
        String steps = chain.stream().skip(from).map(Explanation::step).collect(Collectors.joining(" > "));
        return (from > 0 ? "… > " : "") + steps + ".";
    }

    private static String step(Event event) {
        return switch (event.body()) {
            case Body.Exec exec -> Plain.text(String.join(" ", exec.argv()), MAX_STEP);
            case Body.Control control -> "run " + Plain.text(control.operation(), 20);
            case Body.Dns _,
                    Body.Connect _,
                    Body.Payload _,
                    Body.Flow _,
                    Body.Http _,
                    Body.Spend _,
                    Body.Model _,
                    Body.Tool _,
                    Body.FileAccess _,
                    Body.Resource _,
                    Body.Finding _ -> event.body().kind() + " " + Plain.text(EventText.what(event.body()), MAX_STEP);
        };
    }

    private static String nothing(Event event) {
        boolean allowedOut = event.body() instanceof Body.Connect
                && event.decision() != null
                && event.decision().allowed()
                && AttemptBody.attempt(event.body())
                        .filter(Attempt.Connect.class::isInstance)
                        .isPresent();
        return allowedOut
                ? "no flow: it stayed inside the run, nobody took the connection, or the agent left first."
                : "nothing that is recorded.";
    }
}
