package dev.pawl.server;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.ProcessInfo;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts denials for the summary of a run, at most {@value #MAX_GROUPS} different ones. Thread-safe. */
final class Denials {
    static final int MAX_GROUPS = 1000;

    private record Group(String kind, String target, String rule) {}

    private final Map<Group, Denial> groups = new LinkedHashMap<>();
    private long beyond;

    synchronized void add(Attempt attempt, Decision decision, @Nullable ProcessInfo process, String event) {
        Group group = new Group(kind(attempt), target(attempt), decision.rule());
        Denial known = groups.get(group);
        if (known != null) {
            groups.put(
                    group,
                    new Denial(
                            known.attempt(), known.decision(), known.example(), known.count() + 1, known.firstEvent()));
        } else if (groups.size() < MAX_GROUPS) {
            groups.put(group, new Denial(attempt, decision, process, 1, event));
        } else {
            beyond++;
        }
    }

    /** The denials, most frequent first. */
    synchronized List<Denial> all() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Denial::count).reversed())
                .toList();
    }

    /** Denials that were not counted because there were too many different ones. */
    synchronized long beyond() {
        return beyond;
    }

    private static String kind(Attempt attempt) {
        return attempt.getClass().getSimpleName();
    }

    private static String target(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec -> exec.program().exe();
            case Attempt.Resolve resolve -> resolve.name();
            case Attempt.Connect connect ->
                connect.transport().name().toLowerCase(Locale.ROOT) + " "
                        + connect.host().orElseGet(connect.address()::getHostAddress) + " " + connect.port();
            case Attempt.Dial dial -> dial.host();
            case Attempt.Request request ->
                request.method() + " " + request.host() + " " + request.port() + " " + request.path();
            case Attempt.Leak leak -> leak.kind() + " " + leak.place() + " " + target(leak.request());
            case Attempt.Spend spend -> spend.provider() + " " + spend.operation() + " " + target(spend.request());
            case Attempt.Speak speak ->
                speak.protocol() + " " + speak.host().orElseGet(speak.address()::getHostAddress) + " " + speak.port();
            case Attempt.Tool call -> call.server() + " " + call.tool();
            case Attempt.LocalConnect local -> local.path();
            case Attempt.Mount mount -> mount.path().toString();
        };
    }
}
