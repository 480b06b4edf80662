package dev.pawl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The outside that the attack list aims at: listeners, a victim, secrets and files, set up by {@code harness.py} in
 * namespaces of its own. It runs the list, then says what it saw arrive.
 *
 * <p>The harness is a program and not this class, because a bare run of the attacks must not touch this machine's own
 * processes: its pid 1 and its loopback are the harness's.
 */
final class AttackTargets {
    /** Where the attacks run. */
    enum Place {
        /** Free, but in throw-away namespaces: every attack that can work must. */
        BARE,
        /** Under {@code pawl run}: none may. */
        HELD
    }

    /** What the harness puts on the command's standard input. */
    enum Input {
        NULL,
        DIR,
        TTY,
        UDP,
        TCP
    }

    /**
     * What came of one attack.
     *
     * @param problem why this is not as it must be in this place, or {@code -}
     */
    record Result(String attack, String problem, boolean worked, String detail) {}

    private static final String PYTHON = "/usr/bin/python3";
    private static final String PROGRAMS = "--programs";
    private static final Path SCRIPTS = root().resolve("cli/src/test/resources/attacks");

    private AttackTargets() {}

    static Path root() {
        return Path.of(System.getProperty("pawl.root", ".")).toAbsolutePath().normalize();
    }

    static Path launcher() {
        return root().resolve("pawl");
    }

    /** Names of all attacks; the heavy ones are those that fill something up. */
    static List<String> names(boolean heavy) throws IOException, InterruptedException {
        return names(heavy, List.of());
    }

    /** Names of the attacks for a charter that names its programs. */
    static List<String> programNames() throws IOException, InterruptedException {
        return names(false, List.of(PROGRAMS));
    }

    private static List<String> names(boolean heavy, List<String> which) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(PYTHON, SCRIPTS.resolve("attacks.py").toString(), "--list"));
        command.addAll(which);
        return output(command, 60)
                .filter(line -> line.contains("\"heavy\": " + heavy))
                .map(line -> line.replaceFirst("^\\{\"attack\": \"([^\"]+)\".*$", "$1"))
                .toList();
    }

    /** Runs the attacks named, or all light ones when none is named, and returns a result for each that spoke. */
    static List<Result> run(Place place, Input input, List<String> harness, List<String> only)
            throws IOException, InterruptedException {
        List<String> command = harness(place, harness, lower(input));
        String names = only.isEmpty() ? "" : " --only " + String.join(",", only);
        // The shell moves standard input aside: Python does not start with a directory there.
        String aside = input == Input.DIR ? " 9<&0 0</dev/null" : "";
        command.addAll(List.of("/bin/sh", "-c", "exec " + PYTHON + " {attacks} --context {context}" + names + aside));
        return results(command);
    }

    /** Runs the attacks for a charter that names its programs; there is no shell to start them by. */
    static List<Result> runPrograms(Place place, List<String> harness) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(PROGRAMS));
        options.addAll(harness);
        List<String> command = harness(place, options, lower(Input.NULL));
        command.addAll(List.of(PYTHON, "{attacks}", PROGRAMS, "--context", "{context}"));
        return results(command);
    }

    /** The harness, and where the rest of the command is to run. */
    private static List<String> harness(Place place, List<String> options, String input) {
        List<String> command =
                new ArrayList<>(List.of(PYTHON, SCRIPTS.resolve("harness.py").toString()));
        command.addAll(List.of("--format", "tabs", "--stdin", input));
        command.addAll(
                place == Place.BARE
                        ? List.of("--place", "throwaway", "--namespaces", "all")
                        : List.of("--place", "sandbox", "--namespaces", "net"));
        command.addAll(options);
        command.add("--");
        if (place == Place.HELD) {
            command.addAll(List.of(launcher().toString(), "run", "--charter", "{charter}", "--"));
        }
        return command;
    }

    private static List<Result> results(List<String> command) throws IOException, InterruptedException {
        return output(command, 1200)
                .map(line -> line.split("\t", 4))
                .filter(fields -> fields.length == 4)
                .map(fields -> new Result(fields[0], fields[1], fields[2].equals("worked"), fields[3]))
                .toList();
    }

    private static String lower(Input input) {
        return switch (input) {
            case NULL -> "null";
            case DIR -> "dir";
            case TTY -> "tty";
            case UDP -> "udp";
            case TCP -> "tcp";
        };
    }

    private static Stream<String> output(List<String> command, int seconds) throws IOException, InterruptedException {
        Path out = Files.createTempFile("attacks", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
            Process process = builder.start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("longer than " + seconds + " s: " + command);
            }
            return Files.readAllLines(out, StandardCharsets.UTF_8).stream();
        } finally {
            Files.delete(out);
        }
    }
}
