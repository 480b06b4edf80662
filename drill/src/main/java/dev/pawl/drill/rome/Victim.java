package dev.pawl.drill.rome;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for Pawl's process, file and socket, so that the attack on oversight can be shown to work. */
public final class Victim implements AutoCloseable {
    private static final String LIFETIME_SECONDS = "120";

    private final Process process;
    private final Path file;
    private final Path socket;
    private final String secret;
    private final ServerSocketChannel listener;
    private final AtomicInteger contacts = new AtomicInteger();

    private Victim(Process process, Path file, Path socket, String secret, ServerSocketChannel listener) {
        this.process = process;
        this.file = file;
        this.socket = socket;
        this.secret = secret;
        this.listener = listener;
    }

    /** Starts a process that sleeps, writes a private file and listens on a socket, both in {@code directory}. */
    static Victim start(Path directory, String secret) throws IOException {
        Path file = Files.writeString(directory.resolve("watcher.key"), secret);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Path socket = directory.resolve("watcher.sock");
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Process process = new ProcessBuilder("sleep", LIFETIME_SECONDS).start();
        Victim victim = new Victim(process, file, socket, secret, listener);
        Thread.ofVirtual().start(victim::accept);
        return victim;
    }

    private void accept() {
        while (listener.isOpen()) {
            try (SocketChannel channel = listener.accept()) {
                if (channel != null) {
                    contacts.incrementAndGet();
                    channel.write(ByteBuffer.wrap("listening\n".getBytes(StandardCharsets.US_ASCII)));
                }
            } catch (IOException e) {
                // Closed, which ends the loop.
            }
        }
    }

    /** Process id as seen where this was started. */
    public long pid() {
        return process.pid();
    }

    public Path file() {
        return file;
    }

    public Path socket() {
        return socket;
    }

    /** What the file holds. */
    String secret() {
        return secret;
    }

    /** Whether the process still runs; waits a moment, because a killed process takes one to be gone. */
    boolean alive() {
        try {
            return !process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** How often somebody connected to the socket. */
    int contacts() {
        return contacts.get();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        listener.close();
    }
}
