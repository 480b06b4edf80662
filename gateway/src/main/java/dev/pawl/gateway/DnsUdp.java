package dev.pawl.gateway;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The DNS listener for datagrams. Answers leave from the same socket, so they come from the address that was asked.
 * Level-triggered, one datagram a notice. Used on one event loop, owns its descriptor.
 */
final class DnsUdp implements EpollIoHandle {
    private final LinuxSocket socket;
    private final IoEventLoop loop;
    private final DnsDesk desk;
    /** One byte more than the limit, so that a longer message shows. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DnsQuery.MAX_BYTES + 1);

    private @Nullable IoRegistration registration;
    private boolean paused;

    DnsUdp(int descriptor, IoEventLoop loop, DnsDesk desk) {
        this.socket = LinuxSocket.newSocket(descriptor);
        this.loop = loop;
        this.desk = desk;
    }

    void register() throws IOException {
        IoRegistration registered = loop.register(this).getNow();
        if (registered == null) {
            throw new IOException("epoll took no registration");
        }
        registration = registered;
        pause(paused);
    }

    void pause(boolean stop) {
        paused = stop;
        if (registration != null && registration.isValid()) {
            registration.submit(stop ? EpollIoOps.EPOLLERR : EpollIoOps.EPOLLIN);
        }
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration ready, IoEvent event) {
        if (paused) {
            return;
        }
        try {
            DatagramSocketAddress sender = socket.recvFrom(buffer, 0, buffer.capacity());
            if (sender == null) {
                return;
            }
            byte[] message = new byte[sender.receivedAmount()];
            buffer.get(0, message);
            InetSocketAddress source = new InetSocketAddress(sender.getAddress(), sender.getPort());
            desk.ask(message, source, answer -> loop.execute(() -> send(answer, source)));
        } catch (IOException | RuntimeException e) {
            // One bad datagram (an ICMP error of an earlier answer, say) is that sender's loss alone.
        }
    }

    private void send(byte[] answer, InetSocketAddress to) {
        if (!socket.isOpen()) {
            return;
        }
        try {
            buffer.put(0, answer);
            socket.sendTo(buffer, 0, answer.length, to.getAddress(), to.getPort());
        } catch (IOException | RuntimeException e) {
            // As on any network the asker repeats a lost question.
        }
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.cancel();
        }
        try {
            socket.close();
        } catch (IOException e) {
            // Linux frees the descriptor whatever close(2) answers.
        }
    }
}
