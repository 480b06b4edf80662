package dev.pawl.gateway;

import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The DNS listener for connections (RFC 7766): frames with two bytes of length, several questions on a connection,
 * answers as they are ready. Used on one event loop.
 */
final class DnsTcp {
    static final int MAX_CONNECTIONS = 64;
    static final int IDLE_SECONDS = 10;

    private final IoEventLoop loop;
    private final DnsDesk desk;
    private final Listener listener;
    private final ByteBuffer out = ByteBuffer.allocateDirect(2 + 1024);
    private final Set<Connection> connections = new HashSet<>();
    private boolean paused;

    DnsTcp(int descriptor, IoEventLoop loop, DnsDesk desk) {
        this.loop = loop;
        this.desk = desk;
        this.listener = new Listener(descriptor, loop, this::accepted);
    }

    void register() throws IOException {
        listener.register();
    }

    void pause(boolean stop) {
        paused = stop;
        listener.pause(stop);
        if (!stop) {
            List.copyOf(connections).forEach(Connection::read);
        }
    }

    void close() {
        listener.close();
        List.copyOf(connections).forEach(Connection::reset);
    }

    private void accepted(LinuxSocket socket, InetSocketAddress source) {
        Side side = new Side(socket);
        if (connections.size() >= MAX_CONNECTIONS) {
            side.reset();
            return;
        }
        Connection connection = new Connection(side, source);
        connections.add(connection);
        connection.start();
    }

    /** One client: bytes are gathered until a frame is whole. */
    private final class Connection {
        private final Side side;
        private final InetSocketAddress source;
        private final ByteBuffer in = ByteBuffer.allocateDirect(2 + DnsQuery.MAX_BYTES);
        private @Nullable ScheduledFuture<?> idle;
        private int unanswered;
        private boolean ended;

        Connection(Side side, InetSocketAddress source) {
            this.side = side;
            this.source = source;
        }

        void start() {
            try {
                side.onNotice(this::read);
                side.register(loop);
                touch();
            } catch (IOException | RuntimeException e) {
                reset();
            }
        }

        void read() {
            try {
                while (side.readable && !paused && side.socket.isOpen()) {
                    int count = side.socket.read(in, in.position(), in.limit());
                    if (count < 0) {
                        ended = true;
                        side.readable = false;
                        closeIfDone();
                    } else if (count == 0) {
                        side.readable = false;
                    } else {
                        in.position(in.position() + count);
                        touch();
                        frames();
                    }
                }
            } catch (IOException | RuntimeException e) {
                reset();
            }
        }

        private void frames() throws IOException {
            in.flip();
            while (in.remaining() >= 2) {
                int length = in.getShort(in.position()) & 0xffff;
                if (length > DnsQuery.MAX_BYTES) {
                    throw new IOException("a DNS message of " + length + " bytes");
                }
                if (in.remaining() < 2 + length) {
                    break;
                }
                byte[] message = new byte[length];
                in.get(in.position() + 2, message);
                in.position(in.position() + 2 + length);
                unanswered++;
                desk.ask(message, source, answer -> loop.execute(() -> send(answer)));
            }
            in.compact();
        }

        /** A client that does not even take these few bytes is cut off. */
        private void send(byte[] answer) {
            if (!side.socket.isOpen()) {
                return;
            }
            try {
                unanswered--;
                out.clear().putShort((short) answer.length).put(answer);
                if (side.socket.write(out, 0, out.position()) != out.position()) {
                    throw new IOException("the client does not read");
                }
                touch();
                closeIfDone();
            } catch (IOException | RuntimeException e) {
                reset();
            }
        }

        private void closeIfDone() {
            if (ended && unanswered <= 0) {
                finish();
                side.close();
            }
        }

        private void touch() {
            if (idle != null) {
                idle.cancel(false);
            }
            idle = loop.schedule(this::reset, IDLE_SECONDS, TimeUnit.SECONDS);
        }

        void reset() {
            finish();
            side.reset();
        }

        private void finish() {
            if (idle != null) {
                idle.cancel(false);
            }
            connections.remove(this);
        }
    }
}
