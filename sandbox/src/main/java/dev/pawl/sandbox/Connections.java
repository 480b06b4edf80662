package dev.pawl.sandbox;

import dev.pawl.core.Answer;
import dev.pawl.core.Attempt;
import dev.pawl.core.Attempt.Transport;
import dev.pawl.core.Egress;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Terms;
import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.FileStatus;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import dev.pawl.sandbox.seccomp.Notifications;
import dev.pawl.sandbox.seccomp.Notifications.Call;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Carries out connect, sendto and sendmmsg on behalf of an agent. A connect never goes on in the agent's own context:
 * the supervisor connects a copy of the socket to an address in its own memory, so neither the descriptor nor the
 * address can be exchanged between the look and the deed. Runs on worker threads: a blocking socket blocks its worker.
 */
final class Connections {
    /** In place of a result: the call is answered when a person has answered. */
    private static final long HELD = Long.MIN_VALUE;
    /** Start time in /proc/PID/stat. */
    private static final int START = 22;

    private static final int EFFECTIVE_MILLIS = 1_000;

    private final Notifications notifications;
    private final Processes processes;
    private final Monitor monitor;
    private final Egress egress;
    private final Function<String, Terms> terms;
    private final Namespace namespace;
    private final Root root;
    private final Acts acts;
    private final Gate gate;
    private final ExecutorService workers;

    /** Where an attempt leads once it may. */
    private record Way(SocketAddress.Internet to, Attempt.Connect target, ProcessInfo process, Terms terms) {}

    Connections(
            Notifications notifications,
            Processes processes,
            Monitor monitor,
            Egress egress,
            Function<String, Terms> terms,
            Namespace namespace,
            Root root,
            Acts acts,
            Gate gate,
            ExecutorService workers) {
        this.notifications = notifications;
        this.processes = processes;
        this.monitor = monitor;
        this.egress = egress;
        this.terms = terms;
        this.namespace = namespace;
        this.root = root;
        this.acts = acts;
        this.gate = gate;
        this.workers = workers;
    }

    /** Answers one notified connect. */
    void connect(Call call) throws KernelException {
        long length = (int) call.c();
        if (length < 0 || length > SocketAddress.MAX_LENGTH) {
            notifications.fail(call.id(), Errno.EINVAL);
            return;
        }
        byte[] bytes = AgentMemory.exactly(call.tid(), call.b(), (int) length);
        if (bytes.length != length) {
            notifications.fail(call.id(), Errno.EFAULT);
            return;
        }
        ProcessInfo process = processes.caller(call.tid());
        if (!notifications.valid(call.id())) {
            return;
        }
        try (AgentSocket socket = AgentSocket.of(process.pid(), (int) call.a())) {
            if (socket.namespace() != namespace.cookie()) {
                // A socket of another network was handed in from outside; nothing may be done with it.
                notifications.fail(call.id(), Errno.EACCES);
                return;
            }
            long result = switch (SocketAddress.parse(bytes)) {
                case SocketAddress.Internet to
                when socket.family() != SocketAddress.AF_UNIX -> internet(socket, to, process, call);
                case SocketAddress.Unix to
                when socket.family() == SocketAddress.AF_UNIX -> unix(socket, to, bytes, call.tid(), process);
                case SocketAddress.None none -> socket.connect(Arrays.copyOf(bytes, 16));
                case SocketAddress.Internet other -> -Errno.EINVAL;
                case SocketAddress.Unix other -> -Errno.EAFNOSUPPORT;
                case SocketAddress.Unusable unusable -> -(bytes.length < 16 ? Errno.EINVAL : Errno.EAFNOSUPPORT);
            };
            answer(call, result);
        } catch (KernelException e) {
            notifications.fail(call.id(), e.errno());
        }
    }

    /** Records a datagram with an address; only those to the run's own loopback may go on, and the kernel has no other route. */
    void datagram(Call call) throws KernelException {
        byte[] bytes = addressOf(call);
        ProcessInfo process = processes.caller(call.tid());
        if (!(SocketAddress.parse(bytes) instanceof SocketAddress.Internet to) || !notifications.valid(call.id())) {
            notifications.proceed(call.id());
            return;
        }
        try (AgentSocket socket = AgentSocket.of(process.pid(), (int) call.a())) {
            if (socket.type() != AgentSocket.DATAGRAM) {
                notifications.proceed(call.id());
            } else if (isLocal(to.address())) {
                if (namespace.isResolver(to)) {
                    if (socket.local().getPort() == 0) {
                        socket.bind(SocketAddress.encode(socket.family(), Namespace.any(socket.family()), 0));
                    }
                    egress.asks(
                            new InetSocketAddress(
                                    Namespace.LOOPBACK, socket.local().getPort()),
                            process);
                }
                notifications.proceed(call.id());
            } else {
                judge(Transport.UDP, to, process);
                notifications.fail(call.id(), Errno.EACCES);
            }
        } catch (KernelException e) {
            notifications.fail(call.id(), e.errno());
        }
    }

    private long internet(AgentSocket socket, SocketAddress.Internet to, ProcessInfo process, Call call) {
        if (to.family() != socket.family()
                && (socket.family() == SocketAddress.AF_INET || socket.type() == AgentSocket.STREAM)) {
            return -Errno.EAFNOSUPPORT;
        }
        if (socket.type() == AgentSocket.DATAGRAM) {
            return datagramPeer(socket, to, process);
        }
        InetAddress address = to.address();
        if (namespace.isRelay(address, to.port())) {
            return -Errno.ECONNREFUSED;
        }
        if (namespace.isResolver(to)) {
            long result = socket.connect(SocketAddress.encode(socket.family(), address, to.port()));
            egress.asks(socket.local(), process);
            return result;
        }
        if (socket.connected()) {
            // Some call connect again to hear whether it is; that is no further attempt.
            return -Errno.EISCONN;
        }
        Attempt.Connect target = target(Transport.TCP, to);
        boolean open = socket.nonblocking();
        Monitor.Verdict verdict = monitor.judge(target, process, held(call, target, process, open));
        Monitor.Judged now = verdict.now();
        Way way = new Way(to, target, process, terms.apply(now.decision().rule()));
        if (verdict.answer().isEmpty()) {
            return now.decision().allowed() ? go(socket, way, now, Optional.empty()) : -Errno.EACCES;
        }
        if (open && !isLocal(address)) {
            // Its thread has other things to do: the connection opens, and waits at the relay.
            return go(socket, way, now, verdict.answer());
        }
        verdict.answer().get().then(judged -> answered(call, way, judged));
        return HELD;
    }

    private Held held(Call call, Attempt.Connect target, ProcessInfo process, boolean open) {
        long born = open ? ProcFs.stat(process.pid(), START) : 0;
        BooleanSupplier still =
                open ? () -> ProcFs.stat(process.pid(), START) == born : () -> notifications.valid(call.id());
        return new Held(processes, call.tid(), still, () -> acts.connect(call.tid(), target, egress.addresses(target)));
    }

    /** Connects the agent's socket where it may go, or to the relay until the answer comes. */
    private long go(AgentSocket socket, Way way, Monitor.Judged judged, Optional<Answer> answer) {
        InetAddress address = way.to().address();
        if (isLocal(address)) {
            return socket.connect(
                    SocketAddress.encode(socket.family(), address, way.to().port()));
        }
        InetSocketAddress relay = namespace.relay(address);
        long result = socket.connect(SocketAddress.encode(socket.family(), relay.getAddress(), relay.getPort()));
        if (result == 0 || result == -Errno.EINPROGRESS) {
            egress.expect(socket.local(), new Egress.Passage(way.target(), way.terms(), way.process(), judged, answer));
        } else {
            answer.ifPresent(Answer::giveUp);
        }
        return result;
    }

    /** Carries out what a person said about a connect that waits in the kernel; a blocking socket may block a worker. */
    private void answered(Call call, Way way, Monitor.Judged judged) {
        try {
            workers.submit(() -> release(call, way, judged)).get(EFFECTIVE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The relay's backlog is full; the worker goes on.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RejectedExecutionException e) {
            notifications.fail(call.id(), Errno.EACCES);
        }
    }

    private void release(Call call, Way way, Monitor.Judged judged) {
        gate.pass();
        if (!judged.decision().allowed()) {
            notifications.fail(call.id(), Errno.EACCES);
            return;
        }
        try (AgentSocket socket = AgentSocket.of(way.process().pid(), (int) call.a())) {
            // The number may stand for another socket by now; any of this run's network may go where this one may.
            boolean usable = socket.namespace() == namespace.cookie()
                    && socket.type() == AgentSocket.STREAM
                    && (socket.family() == way.to().family() || socket.family() == SocketAddress.AF_INET6)
                    && notifications.valid(call.id());
            answer(call, usable ? go(socket, way, judged, Optional.empty()) : -Errno.EACCES);
        } catch (KernelException e) {
            notifications.fail(call.id(), e.errno());
        }
    }

    /** connect on a datagram socket sends nothing; it matters only for what may be sent after. */
    private long datagramPeer(AgentSocket socket, SocketAddress.Internet to, ProcessInfo process) {
        if (isLocal(to.address())) {
            long result = socket.connect(SocketAddress.encode(socket.family(), to.address(), to.port()));
            if (namespace.isResolver(to)) {
                egress.asks(socket.local(), process);
            }
            return result;
        }
        if (egress.hostOf(to.address()).isPresent()) {
            // Resolvers do this to every answer to find a source address; it is no attempt to send.
            return -Errno.ENETUNREACH;
        }
        judge(Transport.UDP, to, process);
        return -Errno.EACCES;
    }

    private long unix(AgentSocket socket, SocketAddress.Unix to, byte[] bytes, int tid, ProcessInfo process) {
        if (!to.named()) {
            // Abstract names are looked up in the socket's own network namespace only.
            return socket.connect(bytes);
        }
        try (Fd file = root.resolve(tid, to.path())) {
            boolean ours = namespace.unixSockets().ours(file);
            if (!ours && !FileStatus.of(file).isSocket()) {
                return -Errno.ECONNREFUSED;
            }
            Attempt attempt = new Attempt.LocalConnect(to.path(), ours);
            if (!monitor.judge(attempt, process).decision().allowed()) {
                return -Errno.EACCES;
            }
            return socket.connect(unixAddress("/proc/self/fd/" + file.number()));
        } catch (KernelException e) {
            return -e.errno();
        }
    }

    private Monitor.Judged judge(Transport transport, SocketAddress.Internet to, ProcessInfo process) {
        return monitor.judge(target(transport, to), process);
    }

    private Attempt.Connect target(Transport transport, SocketAddress.Internet to) {
        Optional<String> host = egress.hostOf(to.address());
        return new Attempt.Connect(transport, host, to.address(), to.port());
    }

    private static boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress();
    }

    /** Address of sendto, or of the first message of sendmmsg. */
    private static byte[] addressOf(Call call) {
        long address = call.e();
        int length = (int) call.f();
        if (call.sys() == Sys.SENDMMSG) {
            byte[] header = AgentMemory.exactly(call.tid(), call.b(), 16);
            if (header.length < 16) {
                return header;
            }
            ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.nativeOrder());
            address = fields.getLong(0);
            length = fields.getInt(8);
        }
        return AgentMemory.exactly(call.tid(), address, Math.clamp(length, 0, SocketAddress.MAX_LENGTH));
    }

    private static byte[] unixAddress(String path) {
        byte[] text = path.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[text.length + 3];
        bytes[0] = SocketAddress.AF_UNIX;
        System.arraycopy(text, 0, bytes, 2, text.length);
        return bytes;
    }

    private void answer(Call call, long result) {
        if (result == HELD) {
            return;
        }
        if (result < 0) {
            notifications.fail(call.id(), (int) -result);
        } else {
            notifications.succeed(call.id(), 0);
        }
    }
}
