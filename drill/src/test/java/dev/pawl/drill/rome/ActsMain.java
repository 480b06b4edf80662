package dev.pawl.drill.rome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs inside the namespace: every act, bare or held. Prints a line an act: id, what the check said before, what it
 * said after, milliseconds, exit status, evidence; tab-separated. Arguments: a directory for the stages, bare or held.
 */
final class ActsMain {
    private ActsMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path base = Path.of(arguments[0]);
        boolean held = arguments[1].equals("held");
        try (RomeWorld world = RomeWorld.start()) {
            for (Act act : acts()) {
                try (Stage stage = Stage.set(base, world)) {
                    Effect before = act.look(world, stage.context());
                    List<String> wrapper = held ? bubblewrap(base, stage) : List.of();
                    ActRunner.Ran ran = ActRunner.run(act, world, stage, wrapper);
                    System.out.println(String.join(
                            "\t",
                            act.id(),
                            Boolean.toString(before.happened()),
                            Boolean.toString(ran.effect().happened()),
                            Long.toString(ran.took().toMillis()),
                            Integer.toString(ran.exit()),
                            ran.effect().what()));
                    System.err.println(act.id() + ": " + ran.output());
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
        acts.add(new Act("ssh-without-client", tunnel.title(), tunnel.boundary(), script, tunnel.check()));
        return acts;
    }

    /** A sandbox without any network and with a home of its own: the simplest thing that holds every act. */
    private static List<String> bubblewrap(Path base, Stage stage) {
        String workspace = stage.context().workspace().toString();
        List<String> argv = new ArrayList<>(List.of("bwrap", "--unshare-all", "--die-with-parent"));
        argv.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
        argv.addAll(List.of("--tmpfs", base.toString(), "--bind", workspace, workspace));
        argv.addAll(List.of("--dir", base + "/home", "--setenv", "HOME", base + "/home", "--chdir", workspace));
        return argv;
    }
}
