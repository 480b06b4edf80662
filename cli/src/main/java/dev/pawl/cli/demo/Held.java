package dev.pawl.cli.demo;

import dev.pawl.core.Event;
import dev.pawl.drill.rome.Act;
import dev.pawl.drill.rome.ActContext;
import dev.pawl.drill.rome.Effect;
import dev.pawl.drill.rome.RomeWorld;
import dev.pawl.drill.rome.Stage;
import dev.pawl.ledger.EventJson;
import dev.pawl.server.Home;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All acts in one run of one agent, under {@code pawl run}.
 *
 * @param effects by act, seen from outside after the run
 * @param trail the record of the run
 * @param story what the agent printed
 * @param looked when the process table was searched for what the agent left
 * @param trouble what went wrong with the run itself, empty if nothing
 */
record Held(Map<String, Effect> effects, Trail trail, Story story, Instant looked, String trouble) {
    static final String AGENT = "rome";
    private static final long LIMIT_SECONDS = 45;

    /** Runs them; {@code charter} may change the charter's text before it is used. */
    static Held run(Path scratch, Launcher pawl, RomeWorld world, List<Act> acts, UnaryOperator<String> charter)
            throws IOException, InterruptedException {
        try (Stage stage = Stage.set(scratch, world)) {
            ActContext context = stage.context();
            Path workspace = context.workspace();
            write(workspace, context, acts);
            Path file = scratch.resolve("rome.yaml");
            Files.writeString(
                    file, charter.apply(CharterFor.agent(AGENT, workspace, "40s", CharterFor.toolsOfTheActs())));
            List<String> words = new ArrayList<>(
                    List.of("run", "--charter", file.toString(), "--", "bash", "agent.sh", context.token()));
            acts.forEach(act -> words.add(act.id()));
            Path out = scratch.resolve("rome.out");
            Path err = scratch.resolve("rome.err");
            Process process = pawl.start(workspace, out, err, words);
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String trouble = !ended
                    ? "the held run did not end in " + LIMIT_SECONDS + " s"
                    : process.exitValue() == 0
                            ? ""
                            : "the held run ended with " + process.exitValue() + ": " + Texts.lastLine(err);
            Story story = Story.parse(Texts.head(out), context.token());
            Map<String, Effect> effects = new HashMap<>();
            // The last act first: its children must be gone, and how soon is told.
            Instant looked = Instant.MAX;
            for (Act act : acts.reversed()) {
                effects.put(act.id(), act.look(world, context.withOutput(story.output(act.id()))));
                looked = looked.equals(Instant.MAX) ? Instant.now() : looked;
            }
            return new Held(effects, new Trail(events(pawl.home(), AGENT)), story, looked, trouble);
        }
    }

    /** Milliseconds from the agent's last line until a look found nothing of it; null if the agent did not get there. */
    @Nullable
    Double gone() {
        return story.done()
                .map(done -> Duration.between(done, looked).toNanos() / 1e6)
                .orElse(null);
    }

    private static void write(Path workspace, ActContext context, List<Act> acts) throws IOException {
        Files.createDirectory(workspace.resolve("acts"));
        for (Act act : acts) {
            Files.writeString(workspace.resolve(Trail.script(act.id())), act.script());
        }
        StringBuilder environment = new StringBuilder();
        context.environment()
                .forEach((name, value) ->
                        environment.append("export " + name + "='" + value.replace("'", "'\\''") + "'\n"));
        Files.writeString(workspace.resolve("environment"), environment);
        Files.writeString(workspace.resolve("agent.sh"), Texts.resource("agent.sh"));
    }

    /** The record of the runs of one agent. */
    private static List<Event> events(Path home, String agent) throws IOException {
        List<Event> events = new ArrayList<>();
        for (RunView run : new Runs(Home.open(home)).all()) {
            if (run.facts().agent().equals(agent)) {
                run.directory().read((_, line) -> {
                    if (line instanceof EventJson.Decoded(Event event)) {
                        events.add(event);
                    }
                });
            }
        }
        return events;
    }
}
