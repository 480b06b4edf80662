package dev.pawl.cli.run;

import dev.pawl.core.Charter;
import dev.pawl.sandbox.Blueprint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where an agent finds what it is told: always at {@link #CHARTER}, and where its kind reads a person's instructions if
 * the charter asks for that. Such a file is made in the private home only: where the person's own directory is shown, or
 * a variable leads elsewhere, it is left out.
 *
 * @param files paths inside the sandbox
 * @param leftOut a line for the person for each that could not be made
 */
record Instructions(List<Path> files, List<String> leftOut) {
    static final Path CHARTER = Path.of("/run/pawl/charter.md");

    /**
     * A kind of agent.
     *
     * @param variable names the agent's directory, if it is set
     * @param usual the directory below home if it is not
     * @param below where in that directory
     * @param name of the file
     */
    private record Place(String variable, String usual, String below, String name) {
        Path file(Map<String, String> environment, Path home) {
            String chosen = environment.getOrDefault(variable, "");
            Path base = chosen.isBlank() ? home.resolve(usual) : Path.of(chosen);
            return base.resolve(below).resolve(name).normalize();
        }
    }

    /** Claude Code, Codex and Qwen Code as tested; Gemini CLI 0.61.0 and opencode 1.18.33 as seen in a request of theirs. */
    private static final Map<String, Place> PLACES = Map.of(
            "claude", new Place("CLAUDE_CONFIG_DIR", ".claude", "", "CLAUDE.md"),
            "codex", new Place("CODEX_HOME", ".codex", "", "AGENTS.md"),
            "qwen", new Place("QWEN_HOME", ".qwen", "", "QWEN.md"),
            "gemini", new Place("GEMINI_CLI_HOME", "", ".gemini", "GEMINI.md"),
            "opencode", new Place("XDG_CONFIG_HOME", ".config", "opencode", "AGENTS.md"));

    /** For a run in this sandbox. */
    static Instructions of(Charter charter, RunRequest request, String user, Blueprint blueprint) {
        List<Path> shown = Stream.of(blueprint.read(), blueprint.write(), List.of(blueprint.workspace()))
                .flatMap(List::stream)
                .toList();
        return of(charter, request, user, blueprint.home(), shown);
    }

    /** {@code shown} are the real paths the agent sees. */
    static Instructions of(Charter charter, RunRequest request, String user, Path home, List<Path> shown) {
        Map<String, String> environment = AgentEnvironment.of(charter, user, home.toString(), request.environment());
        List<Path> files = new ArrayList<>(List.of(CHARTER));
        List<String> leftOut = new ArrayList<>();
        for (String kind : charter.instructions()) {
            Place place = PLACES.get(kind);
            if (place == null) {
                throw new IllegalArgumentException("it is not known where " + kind + " reads instructions");
            }
            Path file = place.file(environment, home);
            String refusal = refusal(file, home, shown);
            if (refusal.isEmpty()) {
                files.add(file);
            } else {
                leftOut.add("pawl: no instructions for " + kind + " at " + file + ": " + refusal
                        + "; the agent finds them at " + CHARTER);
            }
        }
        return new Instructions(List.copyOf(files), List.copyOf(leftOut));
    }

    private static String refusal(Path file, Path home, List<Path> shown) {
        return shown.stream()
                .filter(file::startsWith)
                .findFirst()
                .map(real -> real + " is the real one, and what is yours is not written to")
                .orElse(file.startsWith(home) ? "" : "that is not in the agent's own home");
    }

    /** Each file with this text. */
    Map<Path, String> texts(String text) {
        Map<Path, String> texts = new HashMap<>();
        files.forEach(file -> texts.put(file, text));
        return texts;
    }
}
