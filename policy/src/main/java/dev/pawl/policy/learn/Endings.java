package dev.pawl.policy.learn;

import dev.pawl.core.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether runs came to an end of their own: what a run did not get to, nobody learned. For one thread. */
final class Endings {
    /** What cuts a run short, by its operation in the record. */
    private static final Set<String> CUT = Set.of("stop", "budget", "fault", "network-failed");

    private static final String ENDED = "ended";
    private static final int FIRST_SIGNAL = 128;
    private static final int LONGEST = 120;

    private final Map<String, String> runs = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    void control(String run, Body.Control control) {
        String detail = control.detail() == null ? "" : control.detail();
        switch (control.operation()) {
            case "start" -> runs.putIfAbsent(run, "its end is not on record");
            case "end" -> end(run, control.actor(), detail);
            default -> {
                if (CUT.contains(control.operation())) {
                    runs.put(run, control.operation() + " by " + CommentText.of(control.actor(), LONGEST));
                }
            }
        }
    }

    private void end(String run, String actor, String detail) {
        String before = runs.getOrDefault(run, "");
        boolean cut = CUT.stream().anyMatch(operation -> before.startsWith(operation + " "));
        int code = code(detail);
        if (cut) {
            return;
        }
        if (!actor.equals("agent")) {
            runs.put(run, "ended by " + CommentText.of(actor, LONGEST));
        } else if (code > FIRST_SIGNAL) {
            runs.put(run, "ended by signal " + (code - FIRST_SIGNAL));
        } else {
            runs.put(run, ENDED);
            if (code != 0) {
                notes.add("the agent of " + run + " ended with exit code " + code);
            }
        }
    }

    private static int code(String detail) {
        String digits = detail.replaceFirst("^exit code ", "");
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : 0;
    }

    /** For each run that did not end by itself, which and why. */
    List<String> incomplete() {
        return runs.entrySet().stream()
                .filter(run -> !run.getValue().equals(ENDED))
                .map(run -> run.getKey() + ": " + run.getValue())
                .toList();
    }

    /** What else is to be known of ends. */
    List<String> notes() {
        return notes;
    }

    /** The runs that were seen. */
    List<String> runs() {
        return List.copyOf(runs.keySet());
    }
}
