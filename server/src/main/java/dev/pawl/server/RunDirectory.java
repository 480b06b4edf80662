package dev.pawl.server;

import dev.pawl.core.Body;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.EventReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * What one run leaves on disk: {@code run.json}, {@code events.jsonl}, {@code charter.yaml}, {@code notices} and, while it
 * lives, {@code control.sock}. Readable by the owner of the home only.
 */
public record RunDirectory(Path path) {
    /** The end is among the last events; flows that close with it may follow. */
    private static final int END_WITHIN_BYTES = 1 << 18;

    /**
     * Makes the directory of a new run.
     *
     * @throws IOException if it is there already or cannot be written
     */
    public static RunDirectory create(Home home, RunFacts facts, String charter) throws IOException {
        RunDirectory directory = home.runDirectory(facts.run());
        Files.createDirectory(directory.path, only("rwx------"));
        directory.replace("charter.yaml", charter.getBytes(StandardCharsets.UTF_8));
        directory.write(facts);
        return directory;
    }

    /** The id of the run. */
    public String run() {
        return String.valueOf(path.getFileName());
    }

    /** The file of events. */
    public Path events() {
        return path.resolve("events.jsonl");
    }

    /** The text of the charter the run was started with. */
    public Path charter() {
        return path.resolve("charter.yaml");
    }

    /** What the agent could read of its denials. */
    public Path notices() {
        return path.resolve("notices");
    }

    /** The socket a live run is controlled by. */
    public Path control() {
        return path.resolve("control.sock");
    }

    /**
     * Reads {@code run.json}.
     *
     * @throws IOException if it is missing or damaged
     */
    public RunFacts facts() throws IOException {
        return RunFacts.parse(Files.readAllBytes(path.resolve("run.json")));
    }

    /**
     * Writes {@code run.json}; a reader sees the old one or the new one.
     *
     * @throws IOException if it cannot be written
     */
    public void write(RunFacts facts) throws IOException {
        replace("run.json", facts.json());
    }

    /** The text of the charter; empty if it cannot be read. */
    public Optional<String> charterText() {
        try {
            return Optional.of(Files.readString(charter()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the record says that the run ended. */
    public boolean ended() {
        try {
            return EventReader.last(events(), END_WITHIN_BYTES).stream().anyMatch(RunDirectory::isEnd);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isEnd(EventJson.Line line) {
        return line instanceof EventJson.Decoded(var event)
                && event.body() instanceof Body.Control control
                && control.operation().equals("end");
    }

    private void replace(String name, byte[] content) throws IOException {
        Path temporary = Files.createTempFile(path, "." + name, ".new", only("rw-------"));
        Files.write(temporary, content);
        Files.move(temporary, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
