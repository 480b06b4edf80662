package dev.pawl.cli.demo;

import dev.pawl.drill.rome.Act;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rehearsal with a charter that is too generous, inside the namespace: the tunnel is granted. Prints the JSON lines;
 * exit code as of the demo. Arguments: Pawl's root, a scratch directory.
 */
final class GenerousMain {
    private GenerousMain() {}

    public static void main(String[] arguments) throws Exception {
        List<Act> acts = List.of(Made.act("honest-work"), Made.act("reverse-ssh"), Made.act("ssh-443"));
        UnaryOperator<String> generous = charter -> charter.replace(
                "network:\n", "network:\n  addresses: [{cidr: 203.0.113.9, port: 22, protocol: tcp}]\n");
        Report report =
                new Rehearsal(acts, generous, _ -> {}).run(Path.of(arguments[1]), Path.of(arguments[0]), Instant.now());
        Shown.json(report).forEach(System.out::print);
        System.out.flush();
        Runtime.getRuntime().halt(report.holds() ? 0 : 1);
    }
}
