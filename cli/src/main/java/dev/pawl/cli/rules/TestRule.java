package dev.pawl.cli.rules;

import dev.pawl.cli.view.Plain;
import dev.pawl.detect.sigma.Detector;
import dev.pawl.detect.sigma.RuleSet;
import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.pipeline.Pipeline;
import dev.pawl.detect.sigma.pipeline.PipelineReader;
import dev.pawl.detect.sigma.yaml.Problem;
import dev.pawl.ledger.JsonOut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a rule matches an event: exit code 0 if it does, 1 if not, 2 if one of them cannot be read. */
@Command(
        name = "test",
        description = {
            "Say whether a rule matches events: Pawl's, records of the Windows event log, or flat JSON objects.",
            "Exit code 0 if it does, 1 if not, 2 if something cannot be read."
        })
final class TestRule implements Callable<Integer> {
    @Option(names = "--rule", paramLabel = "FILE", required = true)
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private Path rule;

    @Option(names = "--event", paramLabel = "FILE", required = true)
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private Path event;

    @Option(names = "--pipeline", paramLabel = "FILE", description = "A pySigma pipeline to apply first.")
    private @Nullable Path pipeline;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    /** Ends the command with a message and the line it is about. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final int line;

        Refused(String reason, int line) {
            super(reason);
            this.line = line;
        }
    }

    @Override
    public Integer call() {
        try {
            boolean matched = matched();
            print(new JsonOut().flag("matched", matched), matched ? "matched" : "not matched");
            return matched ? 0 : 1;
        } catch (Refused e) {
            String reason = String.valueOf(e.getMessage());
            print(new JsonOut().text("error", reason).number("line", e.line), Plain.text(reason, 500));
            return 2;
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            print(new JsonOut().text("error", reason).number("line", 0), Plain.text(reason, 500));
            return 2;
        }
    }

    private boolean matched() throws IOException, Refused {
        Pipeline first = pipeline == null ? Pipeline.NONE : pipeline(pipeline);
        String text = RuleFiles.text(event);
        return switch (GivenEvents.read(text)) {
            case GivenEvents.Unreadable(String reason, int line) -> throw new Refused(event + ": " + reason, line);
            case GivenEvents.Given(var events, Pipeline own) -> {
                RuleSet rules = RuleSet.of(RuleFiles.read(rule), first.then(own));
                if (!rules.problems().isEmpty()) {
                    throw refused(rules.problems().getFirst());
                }
                if (!rules.unresolved().isEmpty()) {
                    throw refused(rules.unresolved().getFirst());
                }
                Detector detector = rules.detector();
                boolean matched = false;
                for (LogEvent each : events) {
                    matched |= !detector.feed(each).isEmpty();
                }
                yield matched;
            }
        };
    }

    private static Pipeline pipeline(Path file) throws IOException, Refused {
        return switch (PipelineReader.read(file.toString(), RuleFiles.text(file))) {
            case PipelineReader.Read(Pipeline read) -> read;
            case PipelineReader.Unreadable(Problem problem) -> throw refused(problem);
        };
    }

    private static Refused refused(Problem problem) {
        return new Refused(problem.toString(), problem.place().line());
    }

    private void print(JsonOut object, String words) {
        spec.commandLine()
                .getOut()
                .print(json ? new String(object.line(), StandardCharsets.UTF_8) : words + System.lineSeparator());
        spec.commandLine().getOut().flush();
    }
}
