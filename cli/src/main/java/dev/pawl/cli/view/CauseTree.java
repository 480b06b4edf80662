package dev.pawl.cli.view;

import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The chain of events that led to one event, first to last, as an indented tree. */
public final class CauseTree {
    private CauseTree() {}

    /**
     * The lines of the tree.
     *
     * @param chain from the start of the run to the event in question
     * @param charterLine the line of the charter behind a rule, empty where there is none
     */
    public static List<String> lines(List<Event> chain, Function<String, Optional<String>> charterLine) {
        List<String> lines = new ArrayList<>();
        String indent = "";
        for (Event event : chain) {
            String below = indent + "   ";
            lines.add((indent.isEmpty() ? "" : indent.substring(3) + "└─ ") + Plain.text(event.id(), 40) + "  "
                    + event.body().kind() + "  " + EventText.what(event.body()));
            if (event.process() != null) {
                lines.add(below + "process   " + process(event.process()));
            }
            if (event.decision() != null) {
                lines.add(below + "decision  " + decision(event.decision()));
                lines.add(below + "because   " + Plain.text(event.decision().because(), 400));
                charterLine
                        .apply(event.decision().rule())
                        .ifPresent(line -> lines.add(below + "charter   " + Plain.text(line, 200)));
            }
            indent = below;
        }
        return lines;
    }

    private static String process(ProcessInfo process) {
        return EventText.process(process) + " " + EventText.program(process.exe(), process.argv()) + "  in "
                + Plain.text(process.cwd(), 200) + " as " + Plain.text(process.user(), 60) + ", child of "
                + process.parent();
    }

    private static String decision(Decision decision) {
        return decision.verdict().text() + " by " + Plain.text(decision.by(), 40) + ", rule "
                + Plain.text(decision.rule(), 80)
                + (decision.boundary() == null ? "" : ", boundary " + Plain.text(decision.boundary(), 80));
    }
}
