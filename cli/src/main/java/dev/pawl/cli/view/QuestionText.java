package dev.pawl.cli.view;

import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A question as lines for a person; what an agent wrote is shown harmless. */
public final class QuestionText {
    private static final int LINE = 2_000;
    private static final int WIDTH = 9;
    private static final int MAX_VARIABLES = 20;
    private static final int MAX_VARIABLE = 200;
    private static final Pattern LOADS = Pattern.compile(
            "^(PATH|LD_|GLIBC|BASH|ENV=|PYTHON|PERL|RUBY|NODE_|BUN_|JAVA|_JAVA|JDK|CLASSPATH|GIT_|.*PROXY)");

    private QuestionText() {}

    /** The lines of one question. */
    public static List<String> of(JsonObject question) {
        List<String> lines = new ArrayList<>();
        try {
            lines.add("question " + text(question, "id") + "  " + text(question, "agent") + "  run "
                    + text(question, "run") + "  owner " + text(question, "owner"));
            add(lines, "purpose", text(question, "purpose"));
            add(lines, "wants to", Plain.text(question.text("what")));
            JsonObject act = question.object("act").orElseThrow(() -> new JsonFault("act is missing"));
            act.object("caller").ifPresent(caller -> add(lines, "program", program(caller)));
            add(
                    lines,
                    "in",
                    act.object("caller")
                            .orElse(act)
                            .optionalText("cwd")
                            .map(Plain::text)
                            .orElse(""));
            variables(act.texts("changed"), lines);
            List<JsonObject> chain = question.objects("chain");
            for (int i = 1; i < chain.size(); i++) {
                add(lines, i == 1 ? "from" : "", program(chain.get(i)));
            }
            add(lines, "why ask", text(question, "why") + " (" + text(question, "rule") + ")");
            add(lines, "near", text(question, "near"));
            JsonObject yes = question.object("yes").orElseThrow(() -> new JsonFault("yes is missing"));
            add(lines, "once", "allows " + text(yes, "once"));
            add(lines, "run", "allows " + text(yes, "run"));
            add(
                    lines,
                    "waits",
                    question.integer("waiting") + " of " + question.integer("tries") + " attempts, "
                            + question.number("seconds_left") + " s left; act " + text(question, "digest"));
        } catch (JsonFault e) {
            lines.add("a question that cannot be read: " + e.getMessage());
        }
        return lines;
    }

    /** How many there are. */
    public static String total(int shown, int more) {
        String left = more == 0 ? "" : "; " + more + " more when these are answered";
        return switch (shown) {
            case 0 -> "no question is open";
            case 1 -> "1 question" + left + "; answer with pawl approve ID or pawl refuse ID";
            default -> shown + " questions" + left + "; answer with pawl approve ID or pawl refuse ID";
        };
    }

    /** Those that decide which code runs first. */
    private static void variables(List<String> changed, List<String> lines) {
        List<String> sorted = Stream.concat(
                        changed.stream().filter(LOADS.asPredicate()),
                        changed.stream().filter(LOADS.asPredicate().negate()))
                .toList();
        for (int i = 0; i < Math.min(sorted.size(), MAX_VARIABLES); i++) {
            add(lines, i == 0 ? "set" : "", Plain.text(sorted.get(i), MAX_VARIABLE));
        }
        if (sorted.size() > MAX_VARIABLES) {
            add(lines, "", "and " + (sorted.size() - MAX_VARIABLES) + " more variables, in --json");
        }
    }

    private static void add(List<String> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add("  " + name + " ".repeat(WIDTH - name.length()) + value);
        }
    }

    private static String program(JsonObject process) {
        return Plain.text(process.text("exe") + ": " + String.join(" ", process.texts("argv")), LINE);
    }

    private static String text(JsonObject from, String name) {
        return Plain.text(from.optionalText(name).orElse(""), LINE);
    }
}
