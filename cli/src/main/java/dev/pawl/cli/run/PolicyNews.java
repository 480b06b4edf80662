package dev.pawl.cli.run;

import dev.pawl.core.Body;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.Monitor;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.LivePolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Puts changes of a live run's policy on record, and tells the person who started the run. */
final class PolicyNews implements LivePolicy.Listener {
    /** Operations of the control events. */
    static final String CHANGED = "policy";

    static final String REFUSED = "policy-refused";

    private final String run;
    private final Monitor monitor;
    private final Consumer<String> toPerson;

    PolicyNews(String run, Monitor monitor, Consumer<String> toPerson) {
        this.run = run;
        this.monitor = monitor;
        this.toPerson = toPerson;
    }

    @Override
    public void changed(PolicyBundle before, PolicyBundle after) {
        List<String> later = later(before.charter(), after.charter());
        String detail = "the policy changed and decides from now on"
                + (later.isEmpty() ? "" : "; only from the next run on: " + String.join(", ", later));
        say(CHANGED, detail);
    }

    @Override
    public void refused(String problems) {
        say(REFUSED, "A CHANGE OF POLICY IS NOT IN FORCE, the policy before it goes on deciding: " + problems);
    }

    private void say(String operation, String detail) {
        monitor.record(new Body.Control(operation, "policy", null, detail), null, null, null);
        toPerson.accept("pawl: " + run + ": " + detail);
    }

    /** What was fixed when the sandbox was made. */
    private static List<String> later(Charter before, Charter after) {
        List<String> later = new ArrayList<>();
        note(later, "workspace", before.workspace().equals(after.workspace()));
        note(later, "files", before.files().equals(after.files()));
        note(later, "env", before.env().equals(after.env()));
        note(later, "budget but for model", sandboxed(before.budget()).equals(sandboxed(after.budget())));
        note(
                later,
                "network.route",
                before.network().routes().equals(after.network().routes()));
        note(
                later,
                "network.resolver",
                before.network().resolver().equals(after.network().resolver()));
        note(later, "instructions", before.instructions().equals(after.instructions()));
        note(later, "programs that commands adds", noMore(before.commands(), after.commands()));
        return later;
    }

    /** What is used of models is counted outside, by the limits in force. */
    private static Budget sandboxed(Budget budget) {
        return budget.withModel(List.of());
    }

    private static void note(List<String> later, String part, boolean same) {
        if (!same) {
            later.add(part);
        }
    }

    /** The kernel runs only what it was told of at the start. */
    private static boolean noMore(Optional<List<CommandGrant>> before, Optional<List<CommandGrant>> after) {
        if (before.isEmpty()) {
            return true;
        }
        Set<Object> known = new HashSet<>(programs(before.get()));
        return after.map(grants -> known.containsAll(programs(grants))).orElse(false);
    }

    private static Set<Object> programs(List<CommandGrant> grants) {
        return grants.stream().map(CommandGrant::program).collect(Collectors.toSet());
    }
}
