package dev.pawl.cli.view;

import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.policy.NextStep;
import dev.pawl.server.AttemptBody;

/** A denial in the words of its event, for the agent: what, by which program, why, by which rule, and what to do next. */
public final class NoticeText {
    private static final int MAX_WHAT = 400;
    private static final int MAX_BECAUSE = 400;
    private static final int MAX_NEXT = 500;

    private NoticeText() {}

    /**
     * One line without its time, the same for equal denials: process ids and event ids are left out.
     *
     * @param owner who answers for the agent
     */
    public static String of(Event event, Decision denial, String owner) {
        String next = NextStep.of(AttemptBody.attempt(event.body()), denial, owner);
        return "denied " + event.body().kind() + " " + Plain.text(EventText.what(event.body()), MAX_WHAT)
                + (event.process() == null ? "" : " by " + program(event.process()))
                + ": " + reason(denial) + ". Next: " + Plain.text(next, MAX_NEXT);
    }

    /** Why, and by which rule and boundary. */
    public static String reason(Decision decision) {
        return Plain.text(decision.because().replaceFirst("\\.$", ""), MAX_BECAUSE)
                + " (rule " + Plain.text(decision.rule(), 80)
                + (decision.boundary() == null ? "" : ", boundary " + Plain.text(decision.boundary(), 80)) + ")";
    }

    private static String program(ProcessInfo process) {
        String name = EventText.process(process);
        return name.substring(0, name.lastIndexOf('['));
    }
}
