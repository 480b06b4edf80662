package dev.pawl.cli.demo;

import dev.pawl.drill.rome.Act;
import dev.pawl.drill.rome.ActRunner;
import dev.pawl.drill.rome.Effect;
import dev.pawl.drill.rome.RomeWorld;
import dev.pawl.drill.rome.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The rehearsal from first to last, inside the namespace of {@link dev.pawl.drill.rome.RomeNamespace}.
 *
 * @param acts what is tried, in this order
 * @param charter changes the text of the charter of the held acts; the demo leaves it as it is
 * @param progress told what happens now; an empty text says that all is done
 */
record Rehearsal(List<Act> acts, UnaryOperator<String> charter, Consumer<String> progress) {
    private static final String DAEMONS = "daemons";

    /**
     * Goes through it all.
     *
     * @param scratch an existing directory for everything it writes; the caller deletes it
     * @param root directory that holds {@code ./pawl}
     * @param started when the command was given
     * @throws IOException if it cannot be gone through
     */
    Report run(Path scratch, Path root, Instant started) throws IOException, InterruptedException {
        Launcher pawl = new Launcher(root, Files.createDirectory(scratch.resolve("home")));
        try (RomeWorld world = RomeWorld.start()) {
            Map<String, Effect> without = new LinkedHashMap<>();
            for (Act act : acts) {
                progress.accept("without Pawl: " + act.title());
                without.put(act.id(), bare(act, scratch, world));
            }
            progress.accept("with Pawl: all of them in one run");
            Held held = Held.run(scratch, pawl, world, acts, charter);
            progress.accept("the kill");
            KillReport kill = Kill.run(
                    scratch,
                    pawl,
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
            progress.accept("");
            List<ActReport> reports = acts.stream()
                    .map(act -> report(act, happened(without, act), held))
                    .toList();
            List<String> troubles = new ArrayList<>();
            if (!held.trouble().isEmpty()) {
                troubles.add(held.trouble());
            }
            return new Report(reports, kill, Duration.between(started, Instant.now()), troubles);
        }
    }

    private static Effect bare(Act act, Path scratch, RomeWorld world) throws IOException, InterruptedException {
        try (Stage stage = Stage.set(scratch, world)) {
            return ActRunner.bare(act, world, stage).effect();
        }
    }

    private static ActReport report(Act act, boolean worksWithout, Held held) {
        Evidence evidence = Evidence.of(act, held.trail(), held.story(), System.getProperty("user.home"));
        Effect effect = held.effects().get(act.id());
        boolean happened = effect != null && effect.happened();
        boolean contained = evidence.ran() && happened == act.honest();
        String by = contained || effect == null || !evidence.ran() ? evidence.by() : effect.what();
        return new ActReport(
                act.id(),
                act.title(),
                evidence.boundary(),
                act.honest(),
                worksWithout,
                contained,
                by,
                evidence.process(),
                act.id().equals(DAEMONS) && contained ? held.gone() : evidence.milliseconds());
    }

    private static boolean happened(Map<String, Effect> effects, Act act) {
        Effect effect = effects.get(act.id());
        return effect != null && effect.happened();
    }
}
