package dev.pawl.cli.rules;

import dev.pawl.cli.view.Plain;
import dev.pawl.detect.sigma.rule.Header;
import dev.pawl.server.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the file a rule stands in. */
@Command(name = "show", description = "Print a rule as it is written. Exit code 1 if there is none of that id or name.")
final class ShowRule implements Callable<Integer> {
    private final Callable<Home> home;

    @Parameters(paramLabel = "RULE", description = "Its id or the beginning of it, its name or its title.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private String rule;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    ShowRule(Callable<Home> home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            LoadedRules loaded = LoadedRules.of(RulesCommand.root(home), List.of());
            List<Header> found = loaded.set().documents().stream()
                    .map(document -> document.header())
                    .filter(this::meant)
                    .toList();
            if (found.size() != 1) {
                throw new IOException((found.isEmpty() ? "there is no rule " : "more than one rule is called ")
                        + Plain.text(rule, 100));
            }
            out.println("# " + Plain.text(found.getFirst().place().toString(), 1_000));
            // The file was read as YAML, which refuses control characters, so a terminal can show it.
            out.print(loaded.text(found.getFirst()));
            out.flush();
            return 0;
        } catch (IOException e) {
            return RulesCommand.failed(spec, e);
        }
    }

    private boolean meant(Header header) {
        String id = header.id();
        return header.isCalled(rule)
                || header.title().equals(rule)
                || (rule.length() >= 6 && id != null && id.startsWith(rule));
    }
}
