package dev.pawl.policy.review;

import dev.pawl.policy.Surroundings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Places whose content is run later, outside of the sandbox, by the user's own programs or by an agent's next start. */
final class StartPlaces {
    private static final List<String> IN_HOME = List.of(
            ".bashrc",
            ".bash_profile",
            ".bash_login",
            ".bash_logout",
            ".profile",
            ".zshrc",
            ".zshenv",
            ".zprofile",
            ".zlogin",
            ".config/fish",
            ".config/autostart",
            ".config/systemd",
            ".config/environment.d",
            ".config/git",
            ".gitconfig",
            ".ssh",
            ".local/bin",
            ".local/share/applications",
            ".local/share/systemd",
            "bin",
            ".cargo/bin",
            ".npmrc",
            ".npm-global",
            ".vimrc",
            ".config/nvim",
            ".emacs.d",
            ".vscode",
            ".claude",
            ".claude.json",
            ".codex",
            ".gemini",
            ".qwen",
            ".config/opencode",
            ".pi",
            ".mcp.json");

    private static final List<String> OF_THE_MACHINE =
            List.of("/usr/local", "/opt", "/etc", "/var/spool/cron", "/usr/bin", "/usr/lib", "/lib", "/boot");

    private StartPlaces() {}

    static Stream<Warning> in(List<Path> write, Surroundings surroundings) {
        List<Path> places = places(surroundings);
        List<Warning> warnings = new ArrayList<>();
        for (int i = 0; i < write.size(); i++) {
            Path path = write.get(i);
            Optional<Path> met = places.stream()
                    .filter(place -> Touching.overlap(path, place))
                    .findFirst();
            if (met.isPresent()) {
                warnings.add(new Warning(
                        "files.write[" + i + "]",
                        path + " lets the agent write "
                                + (met.get().startsWith(path) ? met.get() : "below " + met.get())
                                + ", from where programs are started outside of the sandbox; grant a directory that"
                                + " holds data alone"));
            }
        }
        return warnings.stream();
    }

    private static List<Path> places(Surroundings surroundings) {
        List<Path> places = new ArrayList<>();
        IN_HOME.forEach(name -> places.add(surroundings.home().resolve(name)));
        OF_THE_MACHINE.forEach(name -> places.add(Path.of(name)));
        for (String entry : surroundings.environment().getOrDefault("PATH", "").split(":", -1)) {
            directory(entry).ifPresent(places::add);
        }
        return places;
    }

    private static Optional<Path> directory(String entry) {
        try {
            return Optional.of(Path.of(entry).normalize()).filter(path -> path.isAbsolute() && path.getNameCount() > 0);
        } catch (InvalidPathException e) {
            // Then nothing is started from there either.
            return Optional.empty();
        }
    }
}
