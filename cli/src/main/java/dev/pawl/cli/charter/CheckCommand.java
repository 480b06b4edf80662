package dev.pawl.cli.charter;

import dev.pawl.cli.view.Table;
import dev.pawl.ledger.JsonOut;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Problem;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.review.CharterCheck;
import dev.pawl.policy.review.CheckReport;
import dev.pawl.policy.review.Permission;
import dev.pawl.policy.review.Side;
import dev.pawl.policy.review.Warning;
import dev.pawl.policy.schema.BundleTexts;
import dev.pawl.policy.schema.PolicySchema;
import dev.pawl.policy.schema.SchemaReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with a charter, what is odd about it, and what the agent may do under it. */
@Command(
        name = "check",
        description = {
            "Say what is wrong with a charter and what is odd, then what the agent may do; without a file the built-in one.",
            "Exit code 1 if anything is wrong."
        })
final class CheckCommand implements Callable<Integer> {
    private final Supplier<Surroundings> surroundings;

    @Option(names = "--json", description = "One JSON object a line: errors, warnings, permissions.")
    private boolean json;

    @Parameters(paramLabel = "FILE", arity = "0..1")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    CheckCommand(Supplier<Surroundings> surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Answer answer = new Answer(spec);
        return answer.of(() -> check(answer));
    }

    private int check(Answer answer) throws CharterException, IOException {
        Surroundings here = surroundings.get();
        PolicyBundle bundle = file == null ? BundleLoader.builtIn(here) : BundleLoader.load(file, here);
        Side side = Side.of(bundle);
        Placing placing = new Placing(bundle, side.engine().rules(), here.directory());
        CheckReport report = CharterCheck.of(side, here);
        SchemaReport schema = schema(side, placing);
        schema.errors().forEach(problem -> said("error", problem, answer));
        report.errors().forEach(error -> said("error", error, placing, answer));
        schema.warnings().forEach(problem -> said("warning", problem, answer));
        report.warnings().forEach(warning -> said("warning", warning, placing, answer));
        List<Warning> paid = SpendWarnings.of(bundle.charter());
        paid.forEach(warning -> said("warning", warning, placing, answer));
        int errors = schema.errors().size() + report.errors().size();
        int warnings = schema.warnings().size() + report.warnings().size() + paid.size();
        if (json) {
            report.permissions().forEach(permission -> answer.json(line(permission)));
        } else {
            answer.line(bundle.charter().source() + ": "
                    + (errors == 0 ? "fine" : errors + (errors == 1 ? " error" : " errors"))
                    + (warnings == 0 ? "" : ", " + warnings + (warnings == 1 ? " warning" : " warnings"))
                    + "; agent " + bundle.charter().agent() + ", owner "
                    + bundle.charter().owner().name());
            answer.lines(table(report).lines());
        }
        return errors == 0 ? 0 : 1;
    }

    /** What cannot be checked is not taken to be right. */
    private static SchemaReport schema(Side side, Placing placing) throws IOException {
        try {
            return PolicySchema.open()
                    .check(BundleTexts.of(
                            side.bundle(), side.engine().rules(), placing.charter(), placing.organization()));
        } catch (LinkageError e) {
            throw new IOException("the policies cannot be checked against their schema: " + e, e);
        }
    }

    private void said(String kind, Problem problem, Answer answer) {
        String place = problem.line() == 0
                ? problem.source()
                : problem.source() + ":" + problem.line() + ":" + problem.column();
        said(kind, place, "schema", problem.message(), answer);
    }

    private void said(String kind, Warning warning, Placing placing, Answer answer) {
        said(kind, placing.of(warning.rule()), warning.rule(), warning.message(), answer);
    }

    private void said(String kind, String place, String rule, String message, Answer answer) {
        if (json) {
            answer.json(new JsonOut()
                    .text("kind", kind)
                    .text("place", place)
                    .text("rule", rule)
                    .text("message", message));
        } else if (kind.equals("error")) {
            answer.problem(place + ": error: " + rule + ": " + message);
        } else {
            answer.line(place + ": warning: " + rule + ": " + message);
        }
    }

    private static JsonOut line(Permission permission) {
        return new JsonOut()
                .text("kind", "permission")
                .text("action", permission.action())
                .text("target", permission.target())
                .text("detail", permission.detail())
                .text("protocol", permission.protocol())
                .text("rule", permission.rule())
                .text("forbidden_by", permission.forbiddenBy());
    }

    private static Table table(CheckReport report) {
        Table table = new Table("ACTION", "TARGET", "PORT, ARGUMENTS", "PROTOCOL", "RULE", "FORBIDDEN BY");
        for (Permission permission : report.permissions()) {
            table.row(
                    permission.action(),
                    permission.target(),
                    permission.detail(),
                    permission.protocol(),
                    permission.rule(),
                    permission.forbiddenBy());
        }
        return table;
    }
}
