package dev.pawl.cli.rules;

import dev.pawl.detect.Pack;
import dev.pawl.detect.sigma.RuleSet;
import dev.pawl.detect.sigma.RuleText;
import dev.pawl.detect.sigma.yaml.Problem;
import dev.pawl.ledger.JsonOut;
import dev.pawl.server.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says everything that is wrong with rules, one line each: file, line, column, reason. */
@Command(
        name = "check",
        description =
                "Say what is wrong with rules: those of files and folders, or all in force. Exit code 1 if anything is.")
final class CheckRules implements Callable<Integer> {
    private final Callable<Home> home;

    @Parameters(paramLabel = "PATH", arity = "0..*")
    private List<Path> paths = List.of();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    CheckRules(Callable<Home> home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            RuleSet rules = paths.isEmpty()
                    ? LoadedRules.of(RulesCommand.root(home), List.of()).set()
                    : given();
            List<Problem> all = new ArrayList<>(rules.problems());
            all.addAll(rules.unresolved());
            all.forEach(problem -> out.println(json ? line(problem) : problem.toString()));
            if (!json) {
                out.println(rules.documents().size() + " rules can be used, " + all.size() + " cannot");
            }
            out.flush();
            // A single file may name rules that stand in others: that is told, and no fault of the file.
            boolean files = !paths.isEmpty() && paths.stream().noneMatch(Files::isDirectory);
            return (files ? rules.problems() : all).isEmpty() ? 0 : 1;
        } catch (IOException e) {
            return RulesCommand.failed(spec, e);
        }
    }

    private RuleSet given() throws IOException {
        List<RuleText> texts = new ArrayList<>();
        for (Path path : paths) {
            texts.addAll(RuleFiles.read(path));
        }
        return RuleSet.of(texts, Pack.pipeline());
    }

    private static String line(Problem problem) {
        byte[] line = new JsonOut()
                .text("file", problem.place().file())
                .number("line", problem.place().line())
                .number("column", problem.place().column())
                .text("error", problem.reason())
                .line();
        return new String(line, StandardCharsets.UTF_8).stripTrailing();
    }
}
