package dev.pawl.cli;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.LedgerReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * The launcher {@code ./pawl} as a person would start it, over a home of its own. What was started here and still lives
 * is killed at the end. Thread-safe.
 */
final class Launcher implements AutoCloseable {
    static final String PYTHON = "/usr/bin/python3";
    static final Path NOTHING = Path.of("/dev/null");

    private final Path base;
    private final ConcurrentLinkedQueue<Started> started = new ConcurrentLinkedQueue<>();

    /** {@code base} is an empty directory. */
    Launcher(Path base) throws IOException {
        this.base = base.toRealPath();
    }

    static boolean isRoot() {
        return ProcessHandle.current().info().user().orElse("").equals("root");
    }

    static Path script(String name) {
        return AttackTargets.root().resolve("cli/src/test/resources/held").resolve(name);
    }

    Path base() {
        return base;
    }

    Path home() {
        return base.resolve("home");
    }

    /** A new workspace that holds the scripts named. */
    Path workspace(String name, String... scripts) throws IOException {
        Path workspace = Files.createDirectories(base.resolve(name + "-work"));
        for (String script : scripts) {
            Files.copy(script(script), workspace.resolve(script));
        }
        return workspace;
    }

    /** A charter outside the workspace; {@code rest} is YAML that follows the four required keys. */
    Path charter(String agent, Path workspace, String rest) throws IOException {
        return Files.writeString(base.resolve(agent + ".yaml"), """
                agent: %s
                owner: {name: Ada}
                purpose: to be held
                workspace: %s
                %s""".formatted(agent, workspace, rest));
    }

    /** {@code pawl run --charter} in the charter's workspace, not waited for, without input. */
    Started run(Path charter, Path workspace, String... command) throws IOException {
        return run(NOTHING, charter, workspace, command);
    }

    /** The same with an input file. */
    Started run(Path input, Path charter, Path workspace, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", "--charter", charter.toString(), "--"));
        words.addAll(Arrays.asList(command));
        return start(input, workspace, words);
    }

    /** Any command of the launcher, waited for. */
    Ended pawl(String... words) throws IOException {
        return start(NOTHING, base, Arrays.asList(words)).ended();
    }

    Started start(Path input, Path directory, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(AttackTargets.launcher().toString()));
        command.addAll(words);
        return program(input, directory, command);
    }

    /** Any program, with this launcher's environment. */
    Started program(Path input, Path directory, List<String> command) throws IOException {
        return program(input, directory, command, Map.of());
    }

    /** The same with more variables. */
    Started program(Path input, Path directory, List<String> command, Map<String, String> variables)
            throws IOException {
        Path out = Files.createTempFile(base, "out", ".txt");
        Path err = Files.createTempFile(base, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("PAWL_HOME", home().toString());
        builder.environment().put("PAWL_NO_BUILD_CHECK", "1");
        builder.environment().put("PAWL", AttackTargets.launcher().toString());
        builder.environment().putAll(variables);
        Started process = new Started(builder.start(), out, err);
        started.add(process);
        return process;
    }

    /** Every event recorded so far, of all runs of this home or of one agent. */
    List<Event> events(String... agents) {
        List<Event> events = new ArrayList<>();
        try {
            new LedgerReader(home(), 0).poll((index, line) -> {
                switch (line) {
                    case EventJson.Decoded(Event event) -> events.add(event);
                    case EventJson.Unreadable(String reason) -> throw new AssertionError(index + ": " + reason);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events.stream()
                .filter(event -> agents.length == 0 || Arrays.asList(agents).contains(event.agent()))
                .toList();
    }

    /** The {@code run.json} of every run. */
    List<Path> runFiles() {
        try (Stream<Path> files = Files.walk(home().resolve("runs"))) {
            return files.filter(file -> file.endsWith("run.json")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The decision of an event that must have one. */
    static Decision decision(Event event) {
        return Objects.requireNonNull(event.decision(), () -> "no decision: " + event);
    }

    /** The process of an event that must have one. */
    static ProcessInfo process(Event event) {
        return Objects.requireNonNull(event.process(), () -> "no process: " + event);
    }

    /** Whether an attempt was denied. */
    static boolean denied(Event event) {
        return event.decision() != null && event.decision().denied();
    }

    /** The control events of one operation. */
    List<Body.Control> controls(String operation) {
        return events().stream()
                .map(Event::body)
                .filter(Body.Control.class::isInstance)
                .map(Body.Control.class::cast)
                .filter(control -> control.operation().equals(operation))
                .toList();
    }

    /** Process ids, seen from here, of everything whose arguments contain {@code mark}. */
    static List<Integer> marked(String mark) {
        List<Integer> found = new ArrayList<>();
        String[] names = new File("/proc").list((_, name) -> name.chars().allMatch(Character::isDigit));
        for (String name : names == null ? new String[0] : names) {
            if (arguments(name).contains(mark)) {
                found.add(Integer.valueOf(name));
            }
        }
        return found;
    }

    /** Empty for one that ended while we looked. */
    private static String arguments(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        for (Started process : started) {
            process.kill();
        }
    }
}
