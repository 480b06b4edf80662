package dev.pawl.cli.rules;

import dev.pawl.cli.view.Plain;
import dev.pawl.cli.view.Table;
import dev.pawl.detect.Watch;
import dev.pawl.detect.sigma.rule.Correlation;
import dev.pawl.detect.sigma.rule.Document;
import dev.pawl.detect.sigma.rule.Filter;
import dev.pawl.detect.sigma.rule.Header;
import dev.pawl.detect.sigma.rule.Rule;
import dev.pawl.ledger.JsonOut;
import dev.pawl.server.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the rules in force. */
@Command(name = "list", description = "List the rules in force, Pawl's own and those of added folders.")
final class ListRules implements Callable<Integer> {
    private final Callable<Home> home;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    ListRules(Callable<Home> home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            LoadedRules loaded = LoadedRules.of(RulesCommand.root(home), List.of());
            List<Document> documents = loaded.set().documents().stream()
                    .sorted(Comparator.comparing(
                            document -> document.header().place().toString()))
                    .toList();
            if (json) {
                documents.forEach(document -> out.print(line(document, loaded)));
            } else {
                Table table = new Table("ID", "SEVERITY", "LEVEL", "BOUNDARY", "TITLE");
                documents.forEach(document -> table.row(cells(document.header(), loaded)));
                table.lines().forEach(out::println);
            }
            out.flush();
            int problems = loaded.unusable();
            if (problems > 0) {
                spec.commandLine()
                        .getErr()
                        .println("pawl: " + problems + " rules cannot be used; see pawl rules check");
            }
            return 0;
        } catch (IOException e) {
            return RulesCommand.failed(spec, e);
        }
    }

    private static String[] cells(Header header, LoadedRules loaded) {
        String boundary = Watch.boundary(header);
        return new String[] {
            Plain.text(header.key(), 40),
            loaded.severity(header).text(),
            header.level() == null ? "" : header.level().text(),
            boundary == null ? "" : Plain.text(boundary, 40),
            Plain.text(header.title(), 100)
        };
    }

    private static String line(Document document, LoadedRules loaded) {
        Header header = document.header();
        String kind = switch (document) {
            case Rule ignored -> "rule";
            case Correlation correlation -> correlation.type().name().toLowerCase(Locale.ROOT);
            case Filter ignored -> "filter";
        };
        byte[] line = new JsonOut()
                .text("id", header.id())
                .text("name", header.name())
                .text("title", header.title())
                .text("kind", kind)
                .text("level", header.level() == null ? null : header.level().text())
                .text("severity", loaded.severity(header).text())
                .text("boundary", Watch.boundary(header))
                .texts("tags", header.tags())
                .text("file", header.place().file())
                .number("line", header.place().line())
                .line();
        return new String(line, StandardCharsets.UTF_8);
    }
}
