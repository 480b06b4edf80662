package dev.pawl.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this Pawl is installed.
 *
 * @param java home of the JDK it runs on
 * @param initJar jar with the sandbox's init
 * @param initCache the init's AOT cache, if it was made
 */
public record Installation(Path java, Path initJar, Optional<Path> initCache) {
    /**
     * Reads the system properties the launcher sets: {@code pawl.init.jar} and {@code pawl.init.cache}.
     *
     * @throws IllegalStateException if Pawl was not started by its launcher
     */
    public static Installation current() {
        String jar = System.getProperty("pawl.init.jar");
        if (jar == null) {
            throw new IllegalStateException("start Pawl with its launcher, ./pawl");
        }
        return new Installation(
                Path.of(System.getProperty("java.home")),
                Path.of(jar),
                Optional.ofNullable(System.getProperty("pawl.init.cache"))
                        .map(Path::of)
                        .filter(Files::isRegularFile));
    }
}
