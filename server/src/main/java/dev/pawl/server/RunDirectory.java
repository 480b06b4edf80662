package dev.pawl.server;

import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.ledger.JsonOut;
import dev.pawl.ledger.LedgerReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * What one run leaves on disk beside its events in the ledger of the home: {@code run.json}, {@code charter.yaml}, where in
 * the ledger it stands ({@code record.json}), {@code notices} and, while it lives, {@code control.sock}. Readable by the owner
 * of the home only.
 */
public record RunDirectory(Path path) {
    private static final String RECORD = "record.json";

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

    /**
     * Notes that the events of this run stand in the ledger from this entry on.
     *
     * @throws IOException if it cannot be written
     */
    public void recordBegins(long first) throws IOException {
        replace(RECORD, new JsonOut().number("first", first).line());
    }

    /**
     * Notes that the run ended and no event of it follows this entry of the ledger.
     *
     * @throws IOException if it cannot be written
     */
    public void recordEnded(long end) throws IOException {
        replace(
                RECORD,
                new JsonOut().number("first", first()).number("end", end).line());
    }

    /** Whether the end of the run was recorded. */
    public boolean ended() {
        return record().has("end");
    }

    /**
     * Hands over the events of this run that are in the ledger now.
     *
     * @throws IOException if the ledger cannot be read
     */
    public void read(LedgerReader.Lines to) throws IOException {
        new LedgerReader(home(), first()).poll(run(), to);
    }

    /** The first entry of the ledger that may be of this run. */
    public long first() {
        try {
            JsonObject record = record();
            return record.has("first") ? record.number("first") : 0;
        } catch (JsonFault e) {
            return 0;
        }
    }

    Path home() {
        Path runs = path.getParent();
        Path home = runs == null ? null : runs.getParent();
        if (home == null) {
            throw new IllegalStateException(path + " is in no home");
        }
        return home;
    }

    private JsonObject record() {
        try {
            return JsonObject.parse(Files.readAllBytes(path.resolve(RECORD))) instanceof JsonObject.Whole whole
                    ? whole.object()
                    : JsonObject.EMPTY;
        } catch (IOException e) {
            return JsonObject.EMPTY;
        }
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
