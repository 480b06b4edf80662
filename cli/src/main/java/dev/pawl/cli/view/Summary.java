package dev.pawl.cli.view;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Endpoint;
import dev.pawl.server.Denial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a person reads at the end of a run: what was denied, by which rule, how often, and what would grant it. */
public final class Summary {
    private static final int MAX_LINES = 10;

    private Summary() {}

    /**
     * At most ten lines; none where nothing was denied.
     *
     * @param denials most frequent first
     * @param beyond denials that are not among them
     * @param lineFor the charter's YAML that would grant what was denied, or a comment why none can
     */
    public static List<String> render(
            Charter charter,
            String run,
            List<Denial> denials,
            long beyond,
            Function<Denial, Optional<String>> lineFor) {
        if (denials.isEmpty()) {
            return List.of();
        }
        long total = beyond + denials.stream().mapToLong(Denial::count).sum();
        List<String> lines = new ArrayList<>();
        lines.add("pawl: denied " + total + (total == 1 ? " attempt" : " attempts") + " of " + charter.agent()
                + " (charter: " + Plain.text(charter.source(), 100) + ")");
        int room = MAX_LINES - 2;
        denials.stream().limit(room).forEach(denial -> lines.add(line(denial, lineFor)));
        int more = Math.max(0, denials.size() - room);
        lines.add("  " + (more > 0 || beyond > 0 ? "and " + more + (beyond > 0 ? "+" : "") + " more; " : "")
                + "all of them: pawl events --run " + run + " --denied");
        return lines;
    }

    private static String line(Denial denial, Function<Denial, Optional<String>> lineFor) {
        return "  " + denial.count() + " x " + what(denial.attempt())
                + (denial.example() == null ? "" : " by " + EventText.process(denial.example()))
                + " (rule " + Plain.text(denial.decision().rule(), 60) + ")"
                + lineFor.apply(denial).map(advice -> "  " + grant(advice)).orElse("");
    }

    private static String what(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec -> "exec " + Plain.text(exec.program().exe(), 100);
            case Attempt.Resolve resolve -> "name " + Plain.text(resolve.name(), 100);
            case Attempt.Connect connect ->
                connect.transport().name().toLowerCase(Locale.ROOT) + " " + Plain.text(place(connect), 120);
            case Attempt.Dial dial -> "dial " + Plain.text(dial.host(), 100);
            case Attempt.LocalConnect local -> "unix " + Plain.text(local.path(), 100);
            case Attempt.Mount mount -> "mount " + Plain.text(mount.path().toString(), 100);
        };
    }

    private static String place(Attempt.Connect connect) {
        String host = connect.host().orElseGet(connect.address()::getHostAddress);
        return connect.port() > 0 ? new Endpoint(host, connect.port()).toString() : host;
    }

    /** Block YAML on one line: the path, then the item in braces. A comment stands as it is. */
    static String grant(String advice) {
        List<String> lines =
                advice.lines().filter(line -> !line.startsWith("#")).toList();
        if (lines.isEmpty()) {
            return Plain.text(advice.replaceFirst("^# ?", ""), 160);
        }
        String path = lines.stream()
                .map(String::strip)
                .filter(line -> line.endsWith(":"))
                .map(line -> line.substring(0, line.length() - 1))
                .collect(Collectors.joining("."));
        String item = lines.stream()
                .map(String::strip)
                .filter(line -> !line.endsWith(":"))
                .map(line -> line.replaceFirst("^- ", "").replaceFirst(" # .*$", ""))
                .collect(Collectors.joining(", "));
        return Plain.text("grant: " + path + ": [{" + item + "}]", 240);
    }
}
