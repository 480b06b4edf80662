package dev.pawl.cli.rules;

import dev.pawl.detect.Pack;
import dev.pawl.detect.sigma.RuleSet;
import dev.pawl.server.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Remembers a folder of rules. Bad rules do not keep the others out. */
@Command(
        name = "add",
        description = "Use the rules of a folder, as a checkout of SigmaHQ. Exit code 1 if there is none.")
final class AddRules implements Callable<Integer> {
    private final Callable<Home> home;

    @Parameters(paramLabel = "DIR")
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private Path folder;

    @Option(names = "--promote", description = "Let their findings ask for review and action, as their levels say.")
    private boolean promote;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    AddRules(Callable<Home> home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Path path = folder.toAbsolutePath().normalize();
            if (!Files.isDirectory(path)) {
                throw new IOException(path + " is no folder");
            }
            RuleSet rules = RuleSet.of(RuleFiles.read(path), Pack.pipeline());
            if (rules.documents().isEmpty()) {
                throw new IOException(path + " holds no rule that can be used");
            }
            RuleFolders.add(RulesCommand.root(home), new RuleFolders.Folder(path, promote));
            rules.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
            rules.unresolved().forEach(problem -> spec.commandLine().getErr().println(problem));
            out.println(path + ": " + rules.documents().size() + " rules, "
                    + (rules.problems().size() + rules.unresolved().size())
                    + " that cannot be used; their findings are "
                    + (promote ? "promoted to what their levels say" : "kept (observe)"));
            out.flush();
            return 0;
        } catch (IOException e) {
            return RulesCommand.failed(spec, e);
        }
    }
}
