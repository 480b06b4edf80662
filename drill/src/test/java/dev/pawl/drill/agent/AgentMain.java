package dev.pawl.drill.agent;

import dev.pawl.drill.model.ScriptedModel;
import dev.pawl.drill.rome.Contact;
import dev.pawl.drill.rome.RomeWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs inside the namespace: one agent against a scripted model. Prints its exit status, the milliseconds, each tool
 * result and the names it asked for. Arguments: kit, installation root, workspace, home.
 */
final class AgentMain {
    private static final long LIMIT_SECONDS = 180;

    private AgentMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        AgentKit kit = AgentKit.valueOf(arguments[0]);
        Path workspace = Path.of(arguments[2]);
        Path home = Path.of(arguments[3]);
        List<String> script = List.of("sed -i s/wrong/right/ answer.txt", "cat answer.txt; id -un", "exit 3");
        try (RomeWorld world = RomeWorld.start();
                ScriptedModel model = ScriptedModel.start(script)) {
            Launch launch = kit.launch(Path.of(arguments[1]), "127.0.0.1", model.port(), "Put the answer right.");
            launch.furnish(home);
            List<String> command = new ArrayList<>(launch.command());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workspace.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("agent.log").toFile());
            String path = System.getenv("PATH");
            builder.environment().clear();
            builder.environment().put("PATH", path);
            builder.environment().put("HOME", home.toString());
            builder.environment().putAll(launch.environment());
            long start = System.nanoTime();
            Process process = builder.start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            System.out.println("exit " + (ended ? process.exitValue() : -1));
            System.out.println("took " + (System.nanoTime() - start) / 1_000_000 + " ms");
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            model.toolResults().forEach(result -> System.out.println("result " + result.replace('\n', '|')));
            world.since(0).stream()
                    .filter(contact -> contact.service() == Contact.Service.DNS)
                    .map(Contact::what)
                    .distinct()
                    .forEach(name -> System.out.println("asked " + name));
            System.err.println(Files.readString(home.resolve("agent.log")));
        }
        System.exit(0);
    }
}
