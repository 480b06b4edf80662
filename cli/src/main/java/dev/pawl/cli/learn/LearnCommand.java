package dev.pawl.cli.learn;

import dev.pawl.policy.BundleSource;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.HostPatterns;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.PolicyEngine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Watches a run, open but for boundaries, and proposes the smallest charter; or proposes one from runs on record. */
@Command(
        name = "learn",
        description = {
            "Watch one run and write the smallest charter that would have allowed it. While it is watched, names, public"
                    + " addresses and programs are OPEN: data can leave to any public host. Boundaries hold.",
            "With --from, propose from runs on record instead, and name grants nobody used."
        })
public final class LearnCommand implements Callable<Integer> {
    private static final int FAILED = 125;
    private static final Pattern AGE = Pattern.compile("([0-9]{1,5})([dhms])");

    private final Supplier<Surroundings> surroundings;
    private final Clock clock;

    @Mixin
    private final Options options = new Options();

    @Option(
            names = "--from",
            paramLabel = "RUN",
            arity = "1..*",
            description = "Propose from these runs of one agent: ids, beginnings of ids, or the agent's name.")
    private List<String> from = new ArrayList<>();

    @Option(
            names = "--unused",
            paramLabel = "AGE",
            defaultValue = "30d",
            description = "With --from: name grants not used for this long, by the times of the events; default 30d.")
    private String unused = "30d";

    @Option(names = "--json", description = "With --from: one JSON object a line.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No summary at the end of the run. The warning that it is open stays.")
    private boolean quiet;

    @Option(names = "--show", description = "Run nothing: print the policy of an open run, as Cedar.")
    private boolean show;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "What to run, after --.")
    private List<String> command = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    private LearnCommand(Supplier<Surroundings> surroundings, Clock clock) {
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /** The command; what follows its own words belongs to the agent. */
    public static CommandLine line(Supplier<Surroundings> surroundings, Clock clock) {
        return new CommandLine(new LearnCommand(surroundings, clock)).setStopAtPositional(true);
    }

    @Override
    public Integer call() {
        int ways = (show ? 1 : 0) + (from.isEmpty() ? 0 : 1) + (command.isEmpty() ? 0 : 1);
        if (ways != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give a command to watch (pawl learn -- COMMAND), runs on record (--from RUN), or --show");
        }
        wildcards();
        Duration age = age();
        try {
            Surroundings here = surroundings.get();
            if (show) {
                return show(here);
            }
            return command.isEmpty()
                    ? new FromRecord(options, here, clock, spec.commandLine()).propose(from, age, json)
                    : new Watch(options, here, quiet).run(command);
        } catch (CharterException | IOException | IllegalArgumentException | IllegalStateException e) {
            spec.commandLine().getErr().println("pawl: " + e.getMessage());
            return command.isEmpty() ? 1 : FAILED;
        }
    }

    private int show(Surroundings here) throws CharterException {
        BundleSource source = BundleSource.learning(Optional.ofNullable(options.charter()), here);
        spec.commandLine().getOut().print(PolicyEngine.of(source.load()).cedar());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void wildcards() {
        for (String wildcard : options.wildcards()) {
            boolean pattern = wildcard.startsWith("*.")
                    && HostPatterns.canonical(wildcard.substring(2))
                            .filter(wildcard.substring(2)::equals)
                            .isPresent();
            if (!pattern) {
                throw new ParameterException(
                        spec.commandLine(), wildcard + " is no pattern such as *.example.com, in lower case");
            }
        }
    }

    private Duration age() {
        Matcher matcher = AGE.matcher(unused);
        if (!matcher.matches()) {
            throw new ParameterException(spec.commandLine(), unused + " is no time such as 30d or 12h");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
        };
    }
}
