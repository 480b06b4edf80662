package dev.pawl.cli.authzen;

import dev.pawl.gateway.serve.Token;
import dev.pawl.server.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The token of the endpoint, in a file of the home that its owner alone may read; the same at the next start. */
record TokenFile(Path path, Token token) {
    private static final int RANDOM_BYTES = 32;
    private static final String OWN = "rw-------";

    /**
     * Reads the token, or makes one.
     *
     * @throws IOException if it cannot be read, or others could
     */
    static TokenFile of(Home home) throws IOException {
        Path path = home.root().resolve("authzen.token");
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWN)));
            Files.writeString(path, made + "\n");
        } catch (FileAlreadyExistsException e) {
            check(path);
        }
        String read = Files.readString(path, StandardCharsets.UTF_8).strip();
        try {
            return new TokenFile(path, new Token(read));
        } catch (IllegalArgumentException e) {
            throw new IOException(path + ": " + e.getMessage() + "; remove the file to have a new one made", e);
        }
    }

    private static void check(Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || !PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                        .equals(OWN)) {
            throw new IOException(
                    path + " is no plain file that its owner alone may read; remove it to have a new one" + " made");
        }
    }
}
