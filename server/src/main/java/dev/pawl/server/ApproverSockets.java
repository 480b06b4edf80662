package dev.pawl.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Where users other than the holder reach the questions of a run: one socket a run in a directory of the holder's that
 * all may enter and none may list. A sandbox has a /tmp of its own and never sees it. Stateless.
 */
public final class ApproverSockets {
    private static final Path BASE = Path.of("/tmp");
    /** Parts of a mode, as in stat(2). */
    private static final int KIND = 0xf000;

    private static final int DIRECTORY = 0x4000;
    private static final int WRITABLE_BY_OTHERS = 0b000_010_010;
    private static final String PREFIX = "pawl-approvals-";

    private ApproverSockets() {}

    /**
     * The path for a run of this user, in a directory that is made if need be.
     *
     * @throws IOException if somebody else made that directory before
     */
    public static Path prepare(String run) throws IOException {
        int own = Users.own();
        Path directory = BASE.resolve(PREFIX + own);
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory);
        }
        if (!trusted(directory, own)) {
            throw new IOException(directory + " is not a directory of yours, so other approvers cannot reach this run;"
                    + " remove it");
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory.resolve(run + ".sock");
    }

    /** The sockets of all runs that have one, whoever holds them. */
    static List<Path> all() throws IOException {
        List<Path> sockets = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(BASE, PREFIX + "*")) {
            for (Path directory : directories) {
                String owner = String.valueOf(directory.getFileName()).substring(PREFIX.length());
                if (owner.matches("[0-9]{1,10}") && trusted(directory, Integer.parseUnsignedInt(owner))) {
                    try (DirectoryStream<Path> runs = Files.newDirectoryStream(directory, "r-*.sock")) {
                        runs.forEach(sockets::add);
                    }
                }
            }
        }
        return sockets;
    }

    private static boolean trusted(Path directory, int owner) throws IOException {
        int mode = (int) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        int uid = (int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return uid == owner && (mode & KIND) == DIRECTORY && (mode & WRITABLE_BY_OTHERS) == 0;
    }
}
