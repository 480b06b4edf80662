package dev.pawl.policy.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What some files and directories looked like at one moment: enough to see that one was written, replaced, made or
 * removed. A directory changes when a name in it does.
 *
 * @param stamps one for each path, in order; empty for a path with nothing at it
 */
record FileStamps(List<Map<String, Object>> stamps) {
    private static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime,mode";

    FileStamps {
        stamps = List.copyOf(stamps);
    }

    /** Looks at each of them now. What cannot be looked at counts as not there. */
    static FileStamps of(List<Path> paths) {
        List<Map<String, Object>> stamps = new ArrayList<>(paths.size());
        for (Path path : paths) {
            stamps.add(stamp(path));
        }
        return new FileStamps(stamps);
    }

    /** Whether each of them, looked at now, is as it was: the same {@code paths}, in the same order. */
    boolean hold(List<Path> paths) {
        for (int i = 0; i < paths.size(); i++) {
            Map<String, Object> before = stamps.get(i);
            Path path = paths.get(i);
            // Most of the files are not there. To ask for no more than that takes no exception, which is most of what a
            // look costs.
            if (before.isEmpty() ? path.toFile().exists() : !before.equals(stamp(path))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Object> stamp(Path path) {
        try {
            return Files.readAttributes(path, ATTRIBUTES);
        } catch (IOException e) {
            return Map.of();
        }
    }
}
