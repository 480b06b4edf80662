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
 * @param stamps one for each path, in order; empty text for a path with nothing at it
 */
record FileStamps(List<String> stamps) {
    private static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime,mode";

    FileStamps {
        stamps = List.copyOf(stamps);
    }

    /** Looks at each of them now. What cannot be looked at counts as not there. */
    static FileStamps of(List<Path> paths) {
        List<String> stamps = new ArrayList<>(paths.size());
        for (Path path : paths) {
            stamps.add(stamp(path));
        }
        return new FileStamps(stamps);
    }

    private static String stamp(Path path) {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES);
            return attributes.get("dev") + " " + attributes.get("ino") + " " + attributes.get("size") + " "
                    + attributes.get("mode") + " " + attributes.get("lastModifiedTime") + " " + attributes.get("ctime");
        } catch (IOException e) {
            return "";
        }
    }
}
