package dev.pawl.ledger.log;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's file system. Files are readable by their owner only. Thread-safe.
 *
 * <p>What is written goes through streams and not through channels: interrupting a thread closes a channel it uses, and
 * one interrupted thread must not end the record.
 */
public final class RealDisk implements Disk {
    private static final FileAttribute<?> FILE = only("rw-------");
    private static final FileAttribute<?> DIRECTORY = only("rwx------");

    @Override
    public Tail append(Path path) throws IOException {
        make(path);
        return new RealFile(path);
    }

    @Override
    public Optional<byte[]> read(Path path, long from, int most) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            byte[] bytes = new byte[Math.clamp(in.length() - from, 0, most)];
            in.seek(from);
            in.readFully(bytes);
            return Optional.of(bytes);
        } catch (FileNotFoundException e) {
            if (Files.exists(path)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public void write(Path path, byte[] content) throws IOException {
        make(path);
        try (FileOutputStream out = new FileOutputStream(path.toFile())) {
            out.write(content);
        }
    }

    @Override
    public void sync(Path path) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            // A directory can be opened for reading only; fsync asks for no more.
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (ClosedByInterruptException e) {
                interrupted = true;
                sync(path);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void makeDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, DIRECTORY);
    }

    @Override
    public long room(Path directory) throws IOException {
        // Reads no list of mounts, but says 0 where it knows nothing.
        long free = directory.toFile().getUsableSpace();
        return free > 0 ? free : Files.getFileStore(directory).getUsableSpace();
    }

    @Override
    public Turns turns(Path path) throws IOException {
        make(path);
        return new RealTurns(path);
    }

    private static void make(Path path) throws IOException {
        try {
            Files.createFile(path, FILE);
        } catch (FileAlreadyExistsException e) {
            // It was there, or another process was faster.
            return;
        }
    }

    private static FileAttribute<?> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static final class RealFile implements Tail {
        private final FileOutputStream out;
        private final RandomAccessFile in;

        RealFile(Path path) throws IOException {
            out = new FileOutputStream(path.toFile(), true);
            try {
                in = new RandomAccessFile(path.toFile(), "r");
            } catch (IOException e) {
                out.close();
                throw e;
            }
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        @Override
        public void sync() throws IOException {
            out.getFD().sync();
        }

        @Override
        public long length() throws IOException {
            return in.length();
        }

        @Override
        public byte[] read(long from) throws IOException {
            byte[] bytes = new byte[Math.toIntExact(Math.max(0, in.length() - from))];
            in.seek(from);
            in.readFully(bytes);
            return bytes;
        }

        @Override
        public void cut(long length) throws IOException {
            boolean interrupted = Thread.interrupted();
            try {
                out.getChannel().truncate(length);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void close() throws IOException {
            try (out) {
                in.close();
            }
        }
    }
}
