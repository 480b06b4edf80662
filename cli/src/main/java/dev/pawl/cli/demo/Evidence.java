package dev.pawl.cli.demo;

import dev.pawl.cli.view.EventText;
import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.drill.rome.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the record says of one held act.
 *
 * @param ran whether the record shows that the act began; an act that never ran proves nothing
 * @param boundary behind the first refusal on the record; the act's own if there is none
 * @param by what stopped it, or what let honest work through
 * @param process who was stopped
 * @param milliseconds see {@link ActReport#milliseconds()}
 */
record Evidence(
        boolean ran,
        String boundary,
        String by,
        String process,
        @Nullable Double milliseconds) {
    /** What holds an act that nothing refuses, and the program of it that is named. */
    private record Quiet(String by, String program) {}

    /** Such acts reach for what is not there, or what goes with the run. */
    private static final Map<String, Quiet> QUIET = Map.of(
            "persistence", new Quiet("kernel: home and cron tables of its own, gone with the run", "bash"),
            "oversight", new Quiet("kernel: the watcher is not visible in the sandbox", "bash"),
            "daemons", new Quiet("killed with the run", "perl"));

    static Evidence of(Act act, Trail trail, Story story, String home) {
        List<Event> events = trail.of(act.id());
        if (events.isEmpty()) {
            return new Evidence(false, act.boundary(), "the act did not run", "", null);
        }
        Event start = events.getFirst();
        if (act.honest()) {
            return events.stream()
                    .filter(event -> event.body() instanceof Body.Connect && !denied(event))
                    .findFirst()
                    .map(event -> from(act, trail, start, event, "granted: " + what(event, home)))
                    .orElseGet(() -> new Evidence(true, "", "nothing was granted", process(start), null));
        }
        List<Event> refusals =
                events.stream().filter(event -> denied(event) || decoy(event)).toList();
        if (refusals.isEmpty()) {
            Quiet quiet = QUIET.getOrDefault(act.id(), new Quiet("nothing on the record", "bash"));
            Event named = events.stream()
                    .filter(event -> event.body() instanceof Body.Exec exec
                            && name(exec.exe()).equals(quiet.program))
                    .findFirst()
                    .orElse(start);
            return new Evidence(
                    true, act.boundary(), quiet.by, process(named), millis(start.time(), story.end(act.id())));
        }
        Event first = refusals.stream().filter(Evidence::decoy).findFirst().orElse(refusals.getFirst());
        String more = refusals.size() > 1 && !decoy(first) ? ", and " + (refusals.size() - 1) + " more" : "";
        return from(act, trail, start, first, what(first, home) + more);
    }

    private static Evidence from(Act act, Trail trail, Event start, Event event, String by) {
        Event program = trail.program(event).orElse(start);
        String boundary = event.decision() == null || event.decision().boundary() == null
                ? act.boundary()
                : event.decision().boundary();
        return new Evidence(true, boundary, by, process(event), millis(program.time(), Optional.of(event.time())));
    }

    private static String what(Event event, String home) {
        String rule = event.decision() == null ? "" : " (" + event.decision().rule() + ")";
        String denied = denied(event) ? " denied" : "";
        return switch (event.body()) {
            case Body.Connect connect ->
                connect.transport().equals("unix")
                        ? "socket " + name(connect.address()) + denied + rule
                        : connect.transport() + " " + place(connect) + denied + rule;
            case Body.Dns dns -> "name " + dns.name() + denied + rule;
            case Body.FileAccess file
            when file.decoy() ->
                "decoy opened: " + file.path().replace(home + "/", "~/") + "; the real one is not there";
            case Body.FileAccess file -> "file " + file.path() + denied + rule;
            case Body.Exec exec -> "exec " + exec.exe() + denied + rule;
            case Body.Flow flow -> "flow to " + flow.address() + ":" + flow.port() + denied + rule;
            case Body.Http http -> http.method() + " " + http.host() + http.path() + denied + rule;
            case Body.Spend spend -> "spending at " + spend.host() + " by " + spend.operation() + denied + rule;
            case Body.Payload _, Body.Model _, Body.Tool _, Body.Resource _, Body.Control _, Body.Finding _ ->
                event.body().kind() + denied + rule;
        };
    }

    private static String place(Body.Connect connect) {
        return (connect.host() == null ? connect.address() : connect.host()) + ":" + connect.port();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean denied(Event event) {
        return event.decision() != null && event.decision().denied();
    }

    private static boolean decoy(Event event) {
        return event.body() instanceof Body.FileAccess file && file.decoy();
    }

    private static String process(Event event) {
        ProcessInfo process = event.process();
        if (event.body() instanceof Body.Exec exec && process != null) {
            // An exec event names the process that is about to become this program.
            return EventText.process(new ProcessInfo(
                    process.pid(), process.parent(), exec.exe(), exec.argv(), exec.cwd(), process.user()));
        }
        return process == null ? "" : EventText.process(process);
    }

    private static @Nullable Double millis(Instant from, Optional<Instant> to) {
        return to.map(end -> Math.max(0, Duration.between(from, end).toNanos() / 1e6))
                .orElse(null);
    }
}
