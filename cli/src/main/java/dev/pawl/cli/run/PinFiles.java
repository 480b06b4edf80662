package dev.pawl.cli.run;

import dev.pawl.gateway.mcp.Definition;
import dev.pawl.gateway.mcp.Pins;
import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.ledger.JsonOut;
import dev.pawl.server.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Descriptions of tools under {@code $PAWL_HOME/tools/SERVER}, a file each, named by the digest of the tool's name. Runs of one
 * home share them: who comes first holds. Thread-safe.
 */
public final class PinFiles implements Pins {
    /** Tools of one server; beyond, none is held, and none shown. */
    private static final int MOST = 4096;

    private final Path root;
    private final Map<Path, Definition> known = new ConcurrentHashMap<>();

    public PinFiles(Home home) {
        this.root = home.root().resolve("tools");
    }

    @Override
    public Definition held(String server, String tool, Definition offered) throws IOException {
        Path file = file(server, tool);
        Definition held = known.get(file);
        if (held == null) {
            held = read(file, server, tool, offered);
            known.put(file, held);
        }
        return held;
    }

    private Definition read(Path file, String server, String tool, Definition offered) throws IOException {
        try {
            return parse(file);
        } catch (NoSuchFileException none) {
            if (known.size() >= MOST) {
                throw new IOException("too many tools", none);
            }
            Path whole = written(file, server, tool, offered);
            try {
                // Fails where another run was first, and then that one's counts.
                Files.createLink(file, whole);
                return offered;
            } catch (FileAlreadyExistsException other) {
                return parse(file);
            } finally {
                Files.deleteIfExists(whole);
            }
        }
    }

    @Override
    public void agreed(String server, String tool, Definition shown) throws IOException {
        Path file = file(server, tool);
        Files.move(written(file, server, tool, shown), file, StandardCopyOption.ATOMIC_MOVE);
        known.put(file, shown);
    }

    private static Path written(Path file, String server, String tool, Definition definition) throws IOException {
        Path directory = file.resolveSibling(".");
        Files.createDirectories(directory);
        Path whole = Files.createTempFile(directory, ".pin", ".new");
        Files.write(
                whole,
                new JsonOut()
                        .text("server", server)
                        .text("tool", tool)
                        .text("sha256", definition.digest())
                        .text("definition", definition.json())
                        .line());
        return whole;
    }

    /** What is damaged is nobody's description, and its tool is not shown until the file is taken away. */
    private static Definition parse(Path file) throws IOException {
        if (!(JsonObject.parse(Files.readAllBytes(file)) instanceof JsonObject.Whole(JsonObject pin))) {
            throw new IOException(file + " is damaged");
        }
        try {
            Definition held = Definition.of(pin.text("definition"));
            if (!held.digest().equals(pin.text("sha256"))) {
                throw new IOException(file + " is damaged");
            }
            return held;
        } catch (JsonFault | IllegalArgumentException e) {
            throw new IOException(file + " is damaged", e);
        }
    }

    private Path file(String server, String tool) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(tool.getBytes(StandardCharsets.UTF_8));
            return root.resolve(server).resolve(HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
