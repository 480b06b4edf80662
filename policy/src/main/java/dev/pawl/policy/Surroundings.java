package dev.pawl.policy;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a charter is read against.
 *
 * @param home the invoking user's home directory, absolute
 * @param pawlHome where Pawl keeps its state, absolute; need not exist
 * @param directory the current directory, absolute
 * @param user name of the invoking user
 * @param environment the invoking user's environment
 * @param system where settings of the machine lie, such as an organisation's; need not exist
 */
public record Surroundings(
        Path home, Path pawlHome, Path directory, String user, Map<String, String> environment, Path system) {
    /** Where the machine's own settings lie. */
    public static final Path SYSTEM = Path.of("/etc/pawl");

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** With the machine's own settings. */
    public Surroundings(Path home, Path pawlHome, Path directory, String user, Map<String, String> environment) {
        this(home, pawlHome, directory, user, environment, SYSTEM);
    }

    /** Those of this process: {@code $HOME}, {@code $PAWL_HOME} (default {@code ~/.pawl}), directory and user. */
    public static Surroundings current() {
        Map<String, String> environment = System.getenv();
        Path directory = Path.of("").toAbsolutePath();
        String homeText = environment.getOrDefault("HOME", "");
        Path home = directory.resolve(homeText.isEmpty() ? System.getProperty("user.home", "/") : homeText);
        String stateText = environment.getOrDefault("PAWL_HOME", "");
        Path state = stateText.isEmpty() ? home.resolve(".pawl") : directory.resolve(stateText);
        return new Surroundings(home, state, directory, System.getProperty("user.name", ""), environment);
    }
}
