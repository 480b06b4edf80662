package dev.pawl.cli.run;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.Policy;
import dev.pawl.policy.Shown;
import dev.pawl.policy.engine.Ids;
import dev.pawl.sandbox.Blueprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Has the policy decide what of the machine a sandbox shows, before it is made. */
final class Mounts {
    private Mounts() {}

    /**
     * Refuses a blueprint that shows what the policy denies.
     *
     * <p>What is shown because the command needs it needs no grant, as the person ordered the command; a prohibition holds
     * for it all the same.
     *
     * @throws IOException with rule, boundary, reason and what to change for each denied path
     */
    static void require(Policy policy, Charter charter, Blueprint blueprint) throws IOException {
        List<String> denied = new ArrayList<>();
        for (Path path : blueprint.read()) {
            Decision decision = policy.decide(new Attempt.Mount(path, false));
            boolean granted = charter.files().read().contains(path);
            if (!decision.allowed() && (granted || !decision.rule().equals(Ids.DEFAULT))) {
                String change = granted
                        ? "take it out of files.read"
                        : "the command is shown with it: move the program elsewhere";
                denied.add(line(path, "shown", decision, change));
            }
        }
        for (Path path : blueprint.write()) {
            Decision decision = policy.decide(new Attempt.Mount(path, true));
            if (!decision.allowed()) {
                denied.add(
                        line(path, "written", decision, "take it out of files.write, or grant a directory below it"));
            }
        }
        Decision workspace = policy.decide(new Attempt.Mount(blueprint.workspace(), true));
        if (!workspace.allowed()) {
            denied.add(line(blueprint.workspace(), "written", workspace, "choose another workspace"));
        }
        if (!denied.isEmpty()) {
            throw new IOException("the run does not start, since its charter (" + Shown.clean(charter.source())
                    + ") shows what its policy denies\n" + String.join("\n", denied));
        }
    }

    private static String line(Path path, String what, Decision decision, String change) {
        return "  " + Shown.clean(path.toString()) + " may not be " + what + " (rule " + decision.rule()
                + (decision.boundary() == null ? "" : ", boundary " + decision.boundary()) + "): " + decision.because()
                + "; " + change;
    }
}
