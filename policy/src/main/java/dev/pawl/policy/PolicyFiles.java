package dev.pawl.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads {@code policies/*.cedar}: plain files of a plain directory, so that nothing leads a reader elsewhere. */
final class PolicyFiles {
    static final String DIRECTORY = "policies";
    static final int MOST_FILES = 64;
    static final int MAX_BYTES = 256 * 1024;

    private static final int MOST_ENTRIES = 10_000;
    private static final String SUFFIX = ".cedar";

    private PolicyFiles() {}

    /**
     * The files in the directory {@code policies} beside a file, sorted by name; none if there is no such directory.
     *
     * @param beside the file as it was named, for the sources
     * @param directory real path of the directory it lies in
     * @throws CharterException if something is there that cannot be read as it should
     */
    static List<PolicyFile> read(String beside, Path directory) throws CharterException {
        Path policies = directory.resolve(DIRECTORY);
        String shown = shown(beside);
        try {
            if (!Files.readAttributes(policies, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw failure(shown, "is no directory, which is what policies are read from; links are not followed");
            }
            List<PolicyFile> files = new ArrayList<>();
            for (Path file : sorted(policies, shown)) {
                files.add(
                        read(file, shown + "/" + Shown.clean(file.getFileName().toString())));
            }
            return files;
        } catch (NoSuchFileException e) {
            if (e.getFile().equals(policies.toString())) {
                return List.of();
            }
            throw failure(shown, "changed while it was read; try again");
        } catch (IOException e) {
            throw failure(shown, "cannot be read: " + Shown.clean(String.valueOf(e)));
        }
    }

    private static List<Path> sorted(Path policies, String shown) throws IOException, CharterException {
        List<Path> found = new ArrayList<>();
        int entries = 0;
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(policies)) {
            for (Path file : stream) {
                if (++entries > MOST_ENTRIES) {
                    throw failure(shown, "has more than " + MOST_ENTRIES + " entries");
                }
                if (file.getFileName().toString().endsWith(SUFFIX)) {
                    found.add(file);
                }
            }
        }
        if (found.size() > MOST_FILES) {
            throw failure(shown, "has " + found.size() + " .cedar files; at most " + MOST_FILES + " are allowed");
        }
        found.sort(Comparator.comparing(file -> file.getFileName().toString()));
        return found;
    }

    private static PolicyFile read(Path file, String source) throws IOException, CharterException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw failure(source, "is not a regular file; put the file itself here, links are not followed");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw failure(source, "is larger than " + MAX_BYTES / 1024 + " KiB, the most a policy file may have");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new PolicyFile(source, text);
        } catch (CharacterCodingException e) {
            throw failure(source, "is not UTF-8 text");
        }
    }

    /** {@code policies} as somebody would find it who found the file beside it. */
    private static String shown(String beside) {
        int slash = beside.lastIndexOf('/');
        return beside.substring(0, slash + 1) + DIRECTORY;
    }

    private static CharterException failure(String source, String message) {
        Problems problems = new Problems(source);
        problems.nowhere(message);
        return problems.exception();
    }
}
