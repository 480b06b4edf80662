package dev.pawl.cli.learn;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.run.RunCommand;
import dev.pawl.cli.run.RunRequest;
import dev.pawl.cli.view.CharterLine;
import dev.pawl.cli.view.Plain;
import dev.pawl.ledger.JsonOut;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.BundleSource;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.policy.learn.Observations;
import dev.pawl.policy.learn.Proposal;
import dev.pawl.policy.learn.Proposer;
import dev.pawl.policy.learn.UnusedGrants;
import dev.pawl.policy.learn.UnusedGrants.Unused;
import dev.pawl.server.Home;
import dev.pawl.server.RunFacts;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Proposes from runs that are on record, and names grants of the charter at hand that they did not use. Runs nothing. */
final class FromRecord {
    private final Options options;
    private final Surroundings surroundings;
    private final Clock clock;
    private final PrintWriter out;
    private final PrintWriter err;

    FromRecord(Options options, Surroundings surroundings, Clock clock, CommandLine line) {
        this.options = options;
        this.surroundings = surroundings;
        this.clock = clock;
        this.out = line.getOut();
        this.err = line.getErr();
    }

    /** {@code named} are run ids, their beginnings, or one agent. */
    int propose(List<String> named, Duration age, boolean json) throws IOException, CharterException {
        List<RunView> runs = runs(named);
        String agent = agent(runs);
        @Nullable Path file = options.out();
        Optional<Target> target = file == null
                ? Optional.empty()
                : Optional.of(Target.of(file, surroundings.directory(), options.force()));
        RunView newest = runs.getLast();
        @Nullable Path given = options.charter();
        Path charter = given == null
                ? newest.directory().charter()
                : surroundings.directory().resolve(given);
        PolicyBundle base = base(charter, given == null);
        if (!base.charter().agent().equals(agent)) {
            throw new IOException(
                    charter + " is the charter of " + base.charter().agent() + ", and these are runs of " + agent);
        }
        Observations seen = new Observations();
        long unreadable = 0;
        for (RunView run : runs) {
            unreadable += RecordedRun.read(run.directory(), seen::accept);
        }
        Proposal proposal = Proposer.of(base, seen, options.wishes(shown(charter, newest.facts())));
        String text = proposal.text();
        if (target.isPresent()) {
            target.get().write(text);
        }
        if (json) {
            lines(proposal);
        } else if (target.isEmpty()) {
            out.print(text);
        }
        if (unreadable > 0) {
            err.println("pawl: INCOMPLETE: " + unreadable + " lines of the records cannot be read");
        }
        unused(base, seen, Files.readString(charter), charter, age, json);
        out.flush();
        err.flush();
        return 0;
    }

    private List<RunView> runs(List<String> named) throws IOException {
        List<RunView> all = new Runs(Home.open(surroundings.pawlHome())).all();
        Set<RunView> chosen = new LinkedHashSet<>();
        for (String name : named) {
            List<RunView> found = all.stream()
                    .filter(run -> run.facts().agent().equals(name)
                            || run.facts().run().equals(name)
                            || (name.length() > 2 && run.facts().run().startsWith(name)))
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("no run and no agent is called " + Plain.text(name, 80));
            }
            chosen.addAll(found);
        }
        // Oldest first, as they are in all of them.
        return all.stream().filter(chosen::contains).toList();
    }

    private static String agent(List<RunView> runs) throws IOException {
        Set<String> agents = runs.stream().map(run -> run.facts().agent()).collect(Collectors.toSet());
        if (agents.size() > 1) {
            throw new IOException("these are runs of "
                    + String.join(", ", agents.stream().sorted().toList())
                    + "; a charter is for one agent, so give runs of one");
        }
        return agents.iterator().next();
    }

    private PolicyBundle base(Path charter, boolean own) throws IOException, CharterException {
        try {
            return BundleLoader.load(charter, surroundings);
        } catch (CharterException e) {
            if (!own) {
                throw e;
            }
            throw new IOException(
                    "the charter this run had means nothing here any more; give one with --charter\n" + e.getMessage(),
                    e);
        }
    }

    /** What a run of this command is shown for the sake of its programs; nothing where that cannot be told any more. */
    private List<Path> shown(Path charter, RunFacts facts) {
        try {
            LivePolicy policy =
                    new LivePolicy(BundleSource.learning(Optional.of(charter), surroundings), Thread::sleep);
            RunRequest request = new RunRequest(
                    Optional.of(charter),
                    true,
                    facts.command(),
                    Path.of(facts.workspace()),
                    surroundings.environment());
            return RunCommand.blueprint(policy, request, surroundings).read();
        } catch (IOException | CharterException | IllegalArgumentException e) {
            return List.of();
        }
    }

    private void lines(Proposal proposal) {
        proposal.lines()
                .forEach(line -> print(new JsonOut()
                        .text("kind", "grant")
                        .text("rule", line.rule())
                        .text("grant", line.grant())
                        .number("count", line.count())
                        .texts("processes", line.processes())));
        proposal.incomplete()
                .forEach(why -> print(new JsonOut().text("kind", "incomplete").text("why", why)));
    }

    private void unused(PolicyBundle base, Observations seen, String text, Path charter, Duration age, boolean json)
            throws CharterException {
        Instant since = clock.instant().minus(age);
        List<Unused> unused = UnusedGrants.of(base, seen, since);
        for (Unused grant : unused) {
            String last = grant.last().map(Instant::toString).orElse(null);
            Optional<String> line = CharterLine.find(text, grant.rule());
            if (json) {
                print(new JsonOut()
                        .text("kind", "unused")
                        .text("rule", grant.rule())
                        .text("charter", charter.toString())
                        .text("line", line.orElse(null))
                        .text("since", since.toString())
                        .text("last_used", last));
            } else {
                err.println("pawl: unused since " + since + ": " + grant.rule() + " of " + charter
                        + line.map(found -> ", " + Plain.text(found, 160)).orElse("")
                        + (last == null ? " (never in these runs)" : " (last used " + last + ")"));
            }
        }
        boolean tooYoung = seen.first().filter(first -> first.isAfter(since)).isPresent();
        if (!unused.isEmpty() && tooYoung && !json) {
            err.println("pawl: these runs begin only " + seen.first().orElseThrow()
                    + ", after the time asked about; earlier use is not known");
        }
    }

    private void print(JsonOut line) {
        out.print(new String(line.line(), UTF_8));
    }
}
