package dev.pawl.cli.demo;

import dev.pawl.drill.rome.RomeWorld;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The charters of the rehearsal: what the honest task needs, and not a line more. */
final class CharterFor {
    private CharterFor() {}

    static String agent(String name, Path workspace, String wall, List<Path> readable) {
        String files = readable.isEmpty()
                ? ""
                : "files:\n  read: ["
                        + String.join(
                                ", ",
                                readable.stream()
                                        .map(path -> quoted(path.toString()))
                                        .toList())
                        + "]\n";
        return """
                agent: %s
                owner: {name: %s}
                purpose: Repair the sum, run its test, report the result
                workspace: %s
                %snetwork:
                  allow: [{host: %s, port: 80}]
                  route: [{host: %s, to: '%s:80'}]
                budget: {wall: %s}
                """.formatted(
                        name,
                        quoted(System.getProperty("user.name", "nobody")),
                        quoted(workspace.toString()),
                        files,
                        RomeWorld.GRANTED_HOST,
                        RomeWorld.GRANTED_HOST,
                        RomeWorld.GRANTED,
                        wall);
    }

    /** Where no SSH client is installed the acts bring one in Java, which the agent must be able to read. */
    static List<Path> toolsOfTheActs() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        if (Arrays.stream(path.split(":", -1)).anyMatch(each -> Files.isExecutable(Path.of(each, "ssh")))) {
            return List.of();
        }
        Stream<Path> classes = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of);
        return Stream.concat(classes, Stream.of(Path.of(System.getProperty("java.home"))))
                .filter(Files::exists)
                .filter(each -> !each.startsWith("/usr"))
                .map(each ->
                        Files.isDirectory(each) ? each : each.toAbsolutePath().getParent())
                .distinct()
                .toList();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
