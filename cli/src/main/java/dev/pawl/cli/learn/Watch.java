package dev.pawl.cli.learn;

import dev.pawl.cli.run.RunCommand;
import dev.pawl.cli.run.RunRequest;
import dev.pawl.cli.view.Plain;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.BundleSource;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.policy.learn.Observations;
import dev.pawl.policy.learn.Proposal;
import dev.pawl.policy.learn.Proposer;
import dev.pawl.sandbox.Blueprint;
import dev.pawl.server.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Watches one run. It is always held in this process, and what makes it open is made here: nothing that {@code pawl run}
 * or a server reads can ask for it. Speaks on standard error only, since the agent has the standard output.
 */
final class Watch {
    private static final String LEARNED = "learned.yaml";
    private static final int MOST_REASONS = 10;

    private final Options options;
    private final Surroundings surroundings;
    private final boolean quiet;

    Watch(Options options, Surroundings surroundings, boolean quiet) {
        this.options = options;
        this.surroundings = surroundings;
        this.quiet = quiet;
    }

    /** Runs the command to its end, writes what was learned however it ended, and returns the agent's exit code. */
    int run(List<String> command) throws IOException, CharterException {
        Optional<Path> charter = Optional.ofNullable(options.charter()).map(surroundings.directory()::resolve);
        @Nullable Path named = options.out();
        Optional<Target> target = named == null
                ? Optional.empty()
                : Optional.of(Target.of(named, surroundings.directory(), options.force()));
        RunRequest request =
                new RunRequest(charter, quiet, command, surroundings.directory(), surroundings.environment());
        // As it is before the run; what it becomes meanwhile is no base for what was learned.
        PolicyBundle base = charter.isPresent()
                ? BundleLoader.load(charter.get(), surroundings)
                : BundleLoader.builtIn(surroundings);
        LivePolicy policy = new LivePolicy(BundleSource.learning(charter, surroundings), Thread::sleep);
        Blueprint blueprint = RunCommand.blueprint(policy, request, surroundings);
        AtomicReference<RunDirectory> run = new AtomicReference<>();
        try {
            return RunCommand.here(request, policy, surroundings, blueprint, run::set);
        } finally {
            RunDirectory directory = run.get();
            if (directory != null) {
                learned(directory, base, blueprint.read(), target);
            }
        }
    }

    /** What goes wrong here is said and changes nothing of how the run ended. */
    private void learned(RunDirectory run, PolicyBundle base, List<Path> shown, Optional<Target> target) {
        try {
            Observations seen = new Observations();
            long unreadable = RecordedRun.read(run, seen::accept);
            Proposal proposal = Proposer.of(base, seen, options.wishes(shown));
            String text = proposal.text();
            Path kept = run.path().resolve(LEARNED);
            Files.writeString(kept, text);
            Path place = target.isPresent() ? written(target.get(), text, kept) : kept;
            say("learned " + proposal.lines().size() + (proposal.lines().size() == 1 ? " grant" : " grants") + " from "
                    + run.run() + ": " + place);
            List<String> incomplete = proposal.incomplete();
            incomplete.stream().limit(MOST_REASONS).forEach(why -> say("INCOMPLETE: " + Plain.text(why, 300)));
            if (incomplete.size() > MOST_REASONS) {
                say("INCOMPLETE: and " + (incomplete.size() - MOST_REASONS) + " more reasons, in the charter");
            }
            if (unreadable > 0) {
                say("INCOMPLETE: " + unreadable + " lines of the record cannot be read");
            }
        } catch (IOException | CharterException | RuntimeException e) {
            say("NOTHING WAS LEARNED: " + e.getMessage() + "; try pawl learn --from " + run.run());
        }
    }

    /** Where it is; not lost if it cannot be where it should. */
    private static Path written(Target target, String text, Path kept) {
        try {
            target.write(text);
            return target.file();
        } catch (IOException e) {
            say("NOT WRITTEN: " + e.getMessage());
            return kept;
        }
    }

    private static void say(String line) {
        System.err.println("pawl: " + line);
    }
}
