package dev.pawl.cli.rules;

import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.ledger.JsonOut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The folders of rules that were added, in {@code rules.jsonl} of the home. Folders stay where they are. */
final class RuleFolders {
    private static final String FILE = "rules.jsonl";

    private RuleFolders() {}

    /**
     * A folder.
     *
     * @param promoted whether its findings may ask for more than to be kept
     */
    record Folder(Path path, boolean promoted) {}

    static List<Folder> read(Path home) throws IOException {
        Path file = home.resolve(FILE);
        List<Folder> folders = new ArrayList<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            folders.add(folder(file, line));
        }
        return folders;
    }

    private static Folder folder(Path file, String line) throws IOException {
        try {
            if (JsonObject.parse(line.getBytes(StandardCharsets.UTF_8))
                    instanceof JsonObject.Whole(JsonObject object)) {
                return new Folder(Path.of(object.text("folder")), object.flag("promoted"));
            }
        } catch (JsonFault e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        throw new IOException(file + " holds a line that names no folder");
    }

    /** Adds a folder, or changes whether it is promoted. */
    static void add(Path home, Folder added) throws IOException {
        List<Folder> folders = new ArrayList<>(read(home));
        folders.removeIf(folder -> folder.path().equals(added.path()));
        folders.add(added);
        StringBuilder text = new StringBuilder();
        for (Folder folder : folders) {
            byte[] line = new JsonOut()
                    .text("folder", folder.path().toString())
                    .flag("promoted", folder.promoted())
                    .line();
            text.append(new String(line, StandardCharsets.UTF_8));
        }
        Path fresh = home.resolve(FILE + ".new");
        Files.writeString(fresh, text);
        try {
            Files.move(fresh, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("cannot replace " + home.resolve(FILE), e);
        }
    }
}
