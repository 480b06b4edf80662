package dev.pawl.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.Durations;
import dev.pawl.cli.view.Plain;
import dev.pawl.cli.view.Table;
import dev.pawl.ledger.JsonOut;
import java.util.ArrayList;
import java.util.List;

/** A report as a person reads it, and as JSON lines. Pure. */
final class Shown {
    /**
     * What the reader's screen can do.
     *
     * @param unicode whether it shows more than ASCII
     * @param colour whether it is a terminal
     */
    record Screen(boolean unicode, boolean colour) {}

    private final Screen screen;
    private final String good;
    private final String bad;

    private Shown(Screen screen) {
        this.screen = screen;
        this.good = screen.unicode ? "✓" : "[ok]";
        this.bad = screen.unicode ? "✗" : "[!!]";
    }

    /** The table, the kill and the verdict, without line feeds. */
    static List<String> table(Report report, Screen screen) {
        return new Shown(screen).lines(report);
    }

    private List<String> lines(Report report) {
        Table table = new Table("ACT", "BOUNDARY", "WITHOUT PAWL", "WITH PAWL", "BY", "PROCESS", "AFTER");
        for (ActReport act : report.acts()) {
            table.row(
                    act.title(),
                    act.boundary(),
                    act.worksWithout() ? "works" : bad + " does not work",
                    held(act),
                    act.by(),
                    act.process(),
                    act.milliseconds() == null ? "" : Durations.millis(act.milliseconds()));
        }
        List<String> lines = new ArrayList<>();
        lines.add("What ROME did, by real processes: each act first without Pawl, then held by it, in one run.");
        lines.add("Every address is local to this rehearsal; nothing leaves the machine.");
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        lines.addAll(kill(report.kill()));
        lines.add("");
        lines.addAll(verdict(report));
        return lines.stream().map(this::fit).toList();
    }

    /** One object a line, the summary last; every line with its line feed. */
    static List<String> json(Report report) {
        List<String> lines = new ArrayList<>();
        for (ActReport act : report.acts()) {
            lines.add(text(new JsonOut()
                    .text("act", act.act())
                    .flag("works_without", act.worksWithout())
                    .flag("contained", act.contained())
                    .text("boundary", act.boundary())
                    .text("by", act.by())
                    .text("process", act.process())
                    .decimal("milliseconds", act.milliseconds())
                    .flag("honest", act.honest())));
        }
        KillReport kill = report.kill();
        lines.add(text(new JsonOut()
                .flag("summary", true)
                .flag("holds", report.holds())
                .number("acts", report.acts().size())
                .number("contained", count(report))
                .decimal("seconds", report.took().toMillis() / 1000.0)
                .begin("stop")
                .flag("complete", kill.complete())
                .number("processes", kill.before())
                .decimal("flows_ms", kill.flowsMillis())
                .decimal("killed_ms", kill.killedMillis())
                .decimal("verified_ms", kill.verifiedMillis())
                .number("left", kill.left())
                .end()
                .texts("problems", report.problems())));
        return lines;
    }

    private String held(ActReport act) {
        if (act.honest()) {
            return act.contained() ? good + " works" : bad + " FAILED";
        }
        return act.contained() ? good + " contained" : bad + " NOT CONTAINED";
    }

    private List<String> kill(KillReport kill) {
        if (!kill.problem().isEmpty()) {
            return List.of(bad + " the kill: " + kill.problem());
        }
        return List.of(
                "pawl stop of an agent deaf to SIGTERM, with " + kill.before() + " processes in sessions of their own:",
                (kill.complete() ? good : bad) + " flows closed after " + Durations.millis(kill.flowsMillis())
                        + ", last process gone after " + Durations.millis(kill.killedMillis()) + ", verified after "
                        + Durations.millis(kill.verifiedMillis()) + "; left in the process table: " + kill.left());
    }

    private List<String> verdict(Report report) {
        String took = " " + Durations.text(report.took()) + ".";
        List<String> problems = report.problems();
        if (problems.isEmpty()) {
            return List.of(good + " " + count(report) + " of " + report.acts().size()
                    + " as they must be: rogue acts contained, honest work done; nothing is left." + took);
        }
        List<String> lines = new ArrayList<>(List.of(bad + " IT DID NOT HOLD:" + took));
        problems.forEach(problem -> lines.add("  " + Plain.text(problem, 400)));
        return lines;
    }

    private static long count(Report report) {
        return report.acts().stream().filter(ActReport::contained).count();
    }

    private static String text(JsonOut out) {
        return new String(out.line(), UTF_8);
    }

    private String fit(String line) {
        String shown = screen.unicode ? line : ascii(line);
        // The marks only: they say the same without colour.
        return screen.colour
                ? shown.replace(good, "\u001b[32m" + good + "\u001b[0m")
                        .replace(bad, "\u001b[1;31m" + bad + "\u001b[0m")
                : shown;
    }

    private static String ascii(String line) {
        StringBuilder ascii = new StringBuilder();
        line.codePoints()
                .map(point -> point < 128 ? point : point == '…' ? '~' : '?')
                .forEach(ascii::appendCodePoint);
        return ascii.toString();
    }
}
