package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.Table;
import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.ledger.JsonOut;
import dev.pawl.policy.ModelAmounts;
import dev.pawl.server.Home;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import dev.pawl.server.money.Account;
import dev.pawl.server.money.AccountUse;
import dev.pawl.server.money.Accounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what was used of models, by whom, and what may be. */
@Command(
        name = "budget",
        description = {
            "Show what runs, agents, owners and all together used of models, in this hour, day and month (UTC),",
            "and their limits as the last run that called a model had them."
        })
final class BudgetCommand implements Callable<Integer> {
    private final HomeSource home;
    private final Clock clock;

    @Option(names = "--all", description = "Also runs that ended or were lost.")
    private boolean all;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    BudgetCommand(HomeSource home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return Task.guarded(spec, this::show);
    }

    private int show() throws IOException {
        Home opened = home.open();
        List<AccountUse> uses;
        try (Accounts accounts = new Accounts(opened.root(), clock)) {
            Set<String> live = live(opened);
            uses = accounts.uses().stream()
                    .filter(use -> all
                            || use.account().kind() != Account.Kind.RUN
                            || live.contains(use.account().name()))
                    .toList();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            uses.forEach(use -> out.print(line(use)));
        } else if (uses.isEmpty()) {
            out.println("no model was called");
        } else {
            table(uses).lines().forEach(out::println);
        }
        return 0;
    }

    private static Set<String> live(Home home) throws IOException {
        return new Runs(home)
                .all().stream()
                        .filter(RunView::live)
                        .map(run -> run.facts().run())
                        .collect(Collectors.toSet());
    }

    private static Table table(List<AccountUse> uses) {
        Table table = new Table("ACCOUNT", "PERIOD", "CALLS", "TOKENS", "MONEY", "BEGINS ANEW");
        for (AccountUse use : uses) {
            table.row(
                    use.account().kind().text() + " " + use.account().name(),
                    use.period().text(),
                    cell(use, Measure.CALLS),
                    cell(use, Measure.TOKENS),
                    cell(use, Measure.MONEY),
                    use.until().map(String::valueOf).orElse(""));
        }
        return table;
    }

    private static String cell(AccountUse use, Measure measure) {
        long reserved = use.reserved().of(measure);
        return ModelAmounts.text(measure, use.spent().of(measure))
                + (reserved == 0 ? "" : " and " + ModelAmounts.text(measure, reserved) + " reserved")
                + limit(use, measure)
                        .map(most -> " of " + ModelAmounts.text(measure, most))
                        .orElse("");
    }

    private static Optional<Long> limit(AccountUse use, Measure measure) {
        return use.limits().stream()
                .filter(limit -> limit.measure() == measure)
                .map(ModelLimit::amount)
                .findFirst();
    }

    private static String line(AccountUse use) {
        JsonOut out = new JsonOut()
                .text("account", use.account().kind().text())
                .text("name", use.account().name())
                .text("period", use.period().text())
                .text("until", use.until().map(String::valueOf).orElse(null));
        for (Measure measure : Measure.values()) {
            String unit = measure == Measure.MONEY ? "usd_micros" : measure.text();
            out.begin(unit)
                    .number("spent", use.spent().of(measure))
                    .number("reserved", use.reserved().of(measure));
            limit(use, measure).ifPresent(most -> out.number("limit", most));
            out.end();
        }
        return new String(out.line(), UTF_8);
    }
}
