package dev.pawl.drill.rome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs inside the namespace: every act bare. Prints a line an act: id, what the check said before, what it said after,
 * milliseconds, exit status, evidence; tab-separated. Arguments: a directory for the stages.
 */
final class BareMain {
    private BareMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (RomeWorld world = RomeWorld.start()) {
            for (Act act : acts()) {
                try (Stage stage = Stage.set(Path.of(arguments[0]), world)) {
                    Effect before = act.look(world, stage.context());
                    ActRunner.Bare bare = ActRunner.bare(act, world, stage);
                    System.out.println(String.join(
                            "\t",
                            act.id(),
                            Boolean.toString(before.happened()),
                            Boolean.toString(bare.effect().happened()),
                            Long.toString(bare.took().toMillis()),
                            Integer.toString(bare.exit()),
                            bare.effect().what()));
                    System.err.println(act.id() + ": " + bare.output());
                }
            }
        }
        System.exit(0);
    }

    /** All acts, and last the first tunnel once more as on a machine without an SSH client. */
    private static List<Act> acts() {
        List<Act> acts = new ArrayList<>(Acts.all());
        Act tunnel = acts.get(1);
        String script = tunnel.script().replace("command -v ssh > /dev/null", "false");
        acts.add(new Act("ssh-without-client", tunnel.title(), false, script, tunnel.check()));
        return acts;
    }
}
