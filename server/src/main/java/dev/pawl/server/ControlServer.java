package dev.pawl.server;

import dev.pawl.core.RunControl;
import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.server.approvals.Approvals;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;

/**
 * Takes orders for one run on a unix socket: one JSON line in, one out, then the connection ends. Thread-safe.
 *
 * <p>Only the user who holds the run and root are served, and who it was is what the kernel says (SO_PEERCRED), never
 * what the message says. The agent runs as the same user: it is kept away because the sandbox shows it neither this
 * directory nor any unix socket of the host.
 */
public final class ControlServer implements Closeable {
    static final int MAX_REQUEST_BYTES = 4096;

    /** The kernel takes 107 bytes; the rest is left for names the caller may add. */
    static final int MAX_PATH_BYTES = 100;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_CONNECTIONS = 32;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path socket;
    private final RunControl control;
    private final ApprovalDesk desk;
    private final Set<UserPrincipal> served;
    private final ServerSocketChannel listener;
    private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);

    private ControlServer(
            Path socket,
            RunControl control,
            Approvals approvals,
            Set<UserPrincipal> served,
            ServerSocketChannel listener) {
        this.socket = socket;
        this.control = control;
        this.desk = new ApprovalDesk(approvals);
        this.served = served;
        this.listener = listener;
    }

    /**
     * Listens on a socket in a directory nobody else can enter.
     *
     * @throws IOException if it cannot listen, among others because the path is longer than 100 bytes
     */
    public static ControlServer start(Path socket, RunControl control, Approvals approvals) throws IOException {
        ServerSocketChannel listener = listen(socket, "rw-------");
        Set<UserPrincipal> served = new HashSet<>();
        served.add(Files.getOwner(socket));
        served.add(socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root"));
        return start(socket, control, approvals, served, listener);
    }

    /**
     * Listens on a socket that every user of the machine can reach; served are those who may answer questions, and with
     * nothing but questions.
     *
     * @throws IOException if it cannot listen
     */
    public static ControlServer forApprovers(Path socket, RunControl control, Approvals approvals) throws IOException {
        return start(socket, control, approvals, Set.of(), listen(socket, "rw-rw-rw-"));
    }

    static ControlServer start(Path socket, RunControl control, Approvals approvals, Set<UserPrincipal> served)
            throws IOException {
        return start(socket, control, approvals, served, listen(socket, "rw-------"));
    }

    private static ControlServer start(
            Path socket,
            RunControl control,
            Approvals approvals,
            Set<UserPrincipal> served,
            ServerSocketChannel listener) {
        ControlServer server = new ControlServer(socket, control, approvals, Set.copyOf(served), listener);
        Thread.ofPlatform().daemon().name("pawl-control").start(server::accept);
        return server;
    }

    /** Takes no more orders; lets those being carried out answer, for at most 2 s, and removes the socket. */
    @Override
    public void close() throws IOException {
        listener.close();
        connections.shutdown();
        try {
            if (!connections.awaitTermination(2, TimeUnit.SECONDS)) {
                connections.shutdownNow();
            }
        } catch (InterruptedException e) {
            connections.shutdownNow();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(socket);
    }

    private static ServerSocketChannel listen(Path socket, String permissions) throws IOException {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH_BYTES) {
            throw new IOException("the path of the control socket has " + length + " bytes, " + MAX_PATH_BYTES
                    + " are possible: set PAWL_HOME to a shorter path than that of " + socket);
        }
        Files.deleteIfExists(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(permissions));
            return listener;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                free.acquire();
                hand(listener.accept());
            } catch (IOException | InterruptedException e) {
                free.release();
                // Closed, or out of file descriptors for the moment.
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void hand(SocketChannel connection) throws IOException {
        try {
            connections.execute(() -> serve(connection));
        } catch (RejectedExecutionException e) {
            connection.close();
            throw new IOException("closing", e);
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            ControlAnswer answer = answer(connection);
            try (Deadline _ = new Deadline(connection, TIMEOUT)) {
                ControlLine.write(connection, answer.line());
            }
        } catch (IOException e) {
            // Who asked is gone or too slow; there is nobody to tell.
            return;
        } finally {
            free.release();
        }
    }

    private ControlAnswer answer(SocketChannel connection) throws IOException {
        JsonObject.Parsed request;
        try (Deadline _ = new Deadline(connection, TIMEOUT)) {
            request = ControlLine.read(connection, MAX_REQUEST_BYTES);
        }
        // Read first: closing over unread bytes would cost the peer its answer.
        UserPrincipal peer =
                connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        boolean holder = served.contains(peer);
        if (!holder && !desk.shows(peer.getName())) {
            return new ControlAnswer.Refused("this run belongs to another user than " + peer.getName());
        }
        return switch (request) {
            case JsonObject.Malformed(String reason) -> new ControlAnswer.Refused(reason);
            case JsonObject.Whole(JsonObject object) -> obey(object, peer.getName(), holder);
        };
    }

    private ControlAnswer obey(JsonObject request, String actor, boolean holder) {
        try {
            String order = request.text("do");
            return ControlOrder.of(order)
                    .map(known -> obey(known, request, actor, holder))
                    .orElseGet(() -> new ControlAnswer.Refused("unknown order"));
        } catch (JsonFault e) {
            return new ControlAnswer.Refused(String.valueOf(e.getMessage()));
        }
    }

    private ControlAnswer obey(ControlOrder order, JsonObject request, String actor, boolean holder) {
        if (!holder && !order.forApprovers()) {
            return new ControlAnswer.Refused("only who holds the run may do that");
        }
        try {
            return switch (order) {
                case STOP -> new ControlAnswer.Stopped(control.stop(actor));
                case FREEZE -> new ControlAnswer.Held(control.freeze(actor));
                case RESUME -> new ControlAnswer.Held(control.resume(actor));
                case STATUS -> new ControlAnswer.Status(control.state(), control.processes());
                case APPROVALS -> desk.open();
                case APPROVE, REFUSE -> desk.answer(order, request, actor);
            };
        } catch (IllegalStateException e) {
            return new ControlAnswer.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new ControlAnswer.Refused("failed: " + e);
        }
    }
}
