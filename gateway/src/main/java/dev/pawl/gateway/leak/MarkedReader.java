package dev.pawl.gateway.leak;

import dev.pawl.gateway.leak.scan.MarkedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files of a workspace that a charter marks. What was marked once stays so, whatever becomes of the file: whoever
 * moves or empties it has not made it public. Not thread-safe; blocks.
 */
public final class MarkedReader {
    /** Files and directories that are looked at; a workspace with more is not read to its end. */
    static final int MOST_VISITED = 200_000;

    /** Bytes of one file; what is larger is known by its beginning. */
    static final int MOST_OF_ONE = 4 << 20;

    /** What makes one content of one file, as far as that can be told without reading it. */
    private record Version(Path path, Object key, long size, long changed) {}

    private final Path workspace;
    private final List<PathMatcher> patterns;
    private final MarkedFiles.Builder builder = new MarkedFiles.Builder();
    private final Map<Version, Boolean> seen = new LinkedHashMap<>();
    private boolean complete = true;
    private int visited;

    /**
     * @param workspace real path
     * @param patterns relative to it, such as {@code secret.txt}, {@code models/**}, {@code **}{@code /*.pem}; a name alone means that
     *     file or all of that directory
     */
    public MarkedReader(Path workspace, List<String> patterns) {
        this.workspace = workspace;
        this.patterns = patterns.stream()
                .flatMap(pattern -> List.of(pattern, pattern + "/**", inTop(pattern)).stream())
                .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
                .toList();
    }

    /** What {@code **}{@code /x} means of the workspace's own directory. */
    private static String inTop(String pattern) {
        return pattern.startsWith("**/") ? pattern.substring(3) : pattern;
    }

    /** Reads what is new or changed. Whether there was anything. */
    public boolean look() throws IOException {
        if (patterns.isEmpty()) {
            return false;
        }
        int before = seen.size();
        visited = 0;
        Files.walkFileTree(workspace, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (++visited > MOST_VISITED) {
                    complete = false;
                    return FileVisitResult.TERMINATE;
                }
                Path relative = workspace.relativize(file);
                if (attributes.isRegularFile() && patterns.stream().anyMatch(pattern -> pattern.matches(relative))) {
                    read(file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return seen.size() > before;
    }

    private void read(Path file, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        Version version = new Version(
                file,
                key == null ? file : key,
                attributes.size(),
                attributes.lastModifiedTime().toMillis());
        if (seen.containsKey(version)) {
            return;
        }
        if (seen.size() >= MarkedFiles.MOST_FILES) {
            complete = false;
            return;
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            boolean taken = builder.add(in.readNBytes(MOST_OF_ONE));
            complete &= taken && attributes.size() <= MOST_OF_ONE;
            seen.put(version, taken);
        } catch (IOException e) {
            complete = false;
        }
    }

    /** All that was read so far. */
    public MarkedFiles files() {
        return builder.build();
    }

    /** Whether all marked files were read, and to their ends. */
    public boolean complete() {
        return complete;
    }
}
