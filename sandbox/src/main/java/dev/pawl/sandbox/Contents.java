package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.FileStatus;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells what is in the files of an act: the same digest is the same content. Thread-safe. */
final class Contents {
    /** The longest file that is read; what a longer one would do cannot be asked about. */
    static final long MAX_BYTES = 1L << 30;

    private static final int BUFFER = 1 << 16;
    private static final long ST_RDONLY = 1;
    /** f_flags of struct statfs, on both architectures. */
    private static final long FLAGS = 80;

    private Contents() {}

    /**
     * SHA-256 in hex: of the content where the agent can write the file, since it can change that without any time stamp
     * showing it (through a mapping); where it cannot, of which file it is, its size and its stamps. A question has to be
     * seen in 200 ms, and interpreters have a hundred megabytes.
     *
     * @param file an O_PATH descriptor
     * @throws IOException if it is no regular file, cannot be read, or is longer than 1 GiB
     */
    static String digest(Fd file) throws IOException {
        FileStatus status = FileStatus.of(file);
        if (!status.isRegular()) {
            throw new IOException("no regular file");
        }
        if (!readOnly(file)) {
            return read(file);
        }
        MessageDigest digest = sha256();
        digest.update((status.identity() + " " + status.times()).getBytes(StandardCharsets.UTF_8));
        return hex(digest);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String read(Fd file) throws IOException {
        MessageDigest digest = sha256();
        long left = MAX_BYTES;
        try (InputStream in = Files.newInputStream(Path.of("/proc/self/fd/" + file.number()))) {
            byte[] buffer = new byte[BUFFER];
            int count = in.read(buffer);
            while (count > 0) {
                left -= count;
                if (left < 0) {
                    throw new IOException("longer than " + MAX_BYTES + " bytes");
                }
                digest.update(buffer, 0, count);
                count = in.read(buffer);
            }
        }
        return hex(digest);
    }

    private static boolean readOnly(Fd file) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statfs = arena.allocate(256, 8);
            Kernel.check(Sys.FSTATFS, file.number(), statfs.address(), 0);
            return (statfs.get(ValueLayout.JAVA_LONG, FLAGS) & ST_RDONLY) != 0;
        }
    }
}
