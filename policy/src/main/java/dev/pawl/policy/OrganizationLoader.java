package dev.pawl.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Finds and reads the organisation file. What is there and cannot be read is an error: passing over it would widen. */
final class OrganizationLoader {
    static final String FILE = "organization.yaml";

    private OrganizationLoader() {}

    /**
     * The organisation of these surroundings: the machine's file, else the user's; {@link Organization#NONE} if there
     * is neither.
     *
     * @throws CharterException if there are both, or if the one there is cannot be read
     */
    static Organization load(Surroundings surroundings) throws CharterException {
        Path machine = surroundings.system().resolve(FILE);
        Path user = surroundings.pawlHome().resolve(FILE);
        boolean ofMachine = exists(machine);
        boolean ofUser = exists(user);
        if (ofMachine && ofUser && !machine.equals(user)) {
            throw failure(
                    machine,
                    "and " + user + " are both there, and only one file can stand above all charters; remove"
                            + " one of the two");
        }
        return ofMachine ? read(machine, surroundings) : ofUser ? read(user, surroundings) : Organization.NONE;
    }

    private static Organization read(Path file, Surroundings surroundings) throws CharterException {
        String source = file.toString();
        try {
            if (!Files.isRegularFile(file)) {
                throw failure(file, "is not a regular file");
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(YamlText.MAX_BYTES + 1);
            }
            Path parent = file.getParent();
            List<PolicyFile> policies = parent == null ? List.of() : PolicyFiles.read(source, parent.toRealPath());
            CedarTexts.check(policies, file, List.of());
            return new OrganizationReader(new Problems(source, Document.ORGANIZATION), surroundings)
                    .read(source, bytes, policies);
        } catch (IOException e) {
            throw failure(file, "cannot be read: " + Shown.clean(String.valueOf(e)));
        }
    }

    /** Whether anything is there, a link that leads nowhere included. */
    private static boolean exists(Path file) throws CharterException {
        try {
            Files.readAttributes(file, "isRegularFile", LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw failure(file, "cannot be looked for: " + Shown.clean(String.valueOf(e)));
        }
    }

    private static CharterException failure(Path file, String message) {
        Problems problems = new Problems(file.toString());
        problems.nowhere(message);
        return problems.exception();
    }
}
