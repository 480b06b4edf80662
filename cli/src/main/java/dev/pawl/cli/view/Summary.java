package dev.pawl.cli.view;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Endpoint;
import dev.pawl.server.Denial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a person reads at the end of a run: what was denied, by which rule, how often, and what would grant it or why
 * nothing can.
 *
 * <p>Denials with one remedy are one line, and so are denials of one rule that nothing can grant, whatever they were of:
 * a scan of a thousand ports is one. First comes what the owner could change, but a few lines are kept for what nobody
 * can.
 */
public final class Summary {
    private static final int MAX_LINES = 10;
    /** Lines for what no charter grants, where there is more of both than fits. */
    private static final int KEPT = 3;

    private Summary() {}

    /** Denials that a person deals with as one. */
    private record Row(Denial first, long count, int targets, Optional<String> remedy) {
        Row and(Denial other) {
            return new Row(first, count + other.count(), targets + 1, remedy);
        }

        boolean changeable() {
            return remedy.filter(text -> !text.startsWith("no ")).isPresent();
        }

        /** What tells rows apart. */
        static String key(Denial denial, Optional<String> remedy) {
            return remedy.orElse(denial.decision().rule());
        }
    }

    /**
     * At most ten lines; none where nothing was denied.
     *
     * @param beyond denials that are not among them
     * @param remedy what the owner could do, or the reason why there is nothing: that begins with "no "
     */
    public static List<String> render(
            Charter charter, String run, List<Denial> denials, long beyond, Function<Denial, Optional<String>> remedy) {
        if (denials.isEmpty()) {
            return List.of();
        }
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Denial denial : denials) {
            Optional<String> words = remedy.apply(denial);
            rows.merge(
                    Row.key(denial, words),
                    new Row(denial, denial.count(), 1, words),
                    (known, one) -> known.and(one.first()));
        }
        long total = beyond + denials.stream().mapToLong(Denial::count).sum();
        List<String> lines = new ArrayList<>();
        lines.add("pawl: denied " + total + (total == 1 ? " attempt" : " attempts") + " of " + charter.agent()
                + " (charter: " + Plain.text(charter.source(), 100) + ")");
        int room = MAX_LINES - 2;
        chosen(rows.values(), room).forEach(row -> lines.add(line(row)));
        int more = Math.max(0, rows.size() - room);
        String rest = more > 0 ? "and " + more + (beyond > 0 ? "+" : "") + " more; " : beyond > 0 ? "and more; " : "";
        lines.add("  " + rest + "all of them: pawl events --run " + run + " --denied; why: pawl explain EVENT");
        return lines;
    }

    private static List<Row> chosen(Collection<Row> rows, int room) {
        List<Row> changeable = byCount(rows, true);
        List<Row> others = byCount(rows, false);
        int kept = Math.min(others.size(), Math.max(KEPT, room - changeable.size()));
        List<Row> chosen =
                new ArrayList<>(changeable.subList(0, Math.min(changeable.size(), room - Math.min(kept, room))));
        others.stream().limit(room - chosen.size()).forEach(chosen::add);
        return chosen;
    }

    private static List<Row> byCount(Collection<Row> rows, boolean changeable) {
        return rows.stream()
                .filter(row -> row.changeable() == changeable)
                .sorted(Comparator.comparingLong(Row::count).reversed())
                .toList();
    }

    private static String line(Row row) {
        Denial first = row.first();
        return "  " + row.count() + " x " + what(first.attempt())
                + (row.targets() == 1 ? "" : " and " + (row.targets() - 1) + " others")
                + (first.example() == null ? "" : " by " + EventText.process(first.example()))
                + " (rule " + Plain.text(first.decision().rule(), 60) + ")"
                + row.remedy().map(text -> "  " + Plain.text(text, 240)).orElse("");
    }

    private static String what(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec -> "exec " + Plain.text(exec.program().exe(), 100);
            case Attempt.Resolve resolve -> "name " + Plain.text(resolve.name(), 100);
            case Attempt.Connect connect ->
                connect.transport().name().toLowerCase(Locale.ROOT) + " " + Plain.text(place(connect), 120);
            case Attempt.Dial dial -> "dial " + Plain.text(dial.host(), 100);
            case Attempt.Request request ->
                "request " + Plain.text(request.method(), 20) + " "
                        + Plain.text(new Endpoint(request.host(), request.port()) + request.path(), 160);
            case Attempt.Leak leak ->
                "leak of " + Plain.text(leak.kind() + " (" + leak.place() + ")", 80) + " in " + what(leak.request());
            case Attempt.Spend spend ->
                "spend " + Plain.text(spend.provider() + " " + spend.operation(), 80) + " in " + what(spend.request());
            case Attempt.Speak speak ->
                "speak " + Plain.text(speak.protocol(), 20) + " to "
                        + Plain.text(speak.host().orElseGet(speak.address()::getHostAddress) + ":" + speak.port(), 120);
            case Attempt.Tool call -> "tool " + Plain.text(call.tool(), 80) + " of " + Plain.text(call.server(), 80);
            case Attempt.LocalConnect local -> "unix " + Plain.text(local.path(), 100);
            case Attempt.Mount mount -> "mount " + Plain.text(mount.path().toString(), 100);
        };
    }

    private static String place(Attempt.Connect connect) {
        String host = connect.host().orElseGet(connect.address()::getHostAddress);
        return connect.port() > 0 ? new Endpoint(host, connect.port()).toString() : host;
    }
}
