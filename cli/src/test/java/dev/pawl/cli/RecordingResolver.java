package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name server on loopback, UDP only, that notes every name it is asked for. A name may have several addresses: each
 * question gets the next one, the last one for ever, as a name server that rebinds would do. Thread-safe.
 */
final class RecordingResolver implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int MAX_MESSAGE_BYTES = 1500;
    private static final int TYPE_A = 1;
    private static final int NAME_ERROR = 3;

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final Map<String, List<String>> names;
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

    /** {@code names} to their IPv4 addresses in the order of answers. */
    RecordingResolver(Map<String, List<String>> names) throws IOException {
        this.names = Map.copyOf(names);
        Thread.ofPlatform().daemon().name("recording-resolver").start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Every name that was asked for, lower-case, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        socket.close();
    }

    /** Until the socket is closed. Only Pawl asks here, so a question that is none is a failure too. */
    private void serve() {
        byte[] buffer = new byte[MAX_MESSAGE_BYTES];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = answer(buffer, packet.getLength());
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private byte[] answer(byte[] question, int length) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (question[at] != 0 && at < length) {
            name.append(new String(question, at + 1, question[at], StandardCharsets.ISO_8859_1))
                    .append('.');
            at += question[at] + 1;
        }
        int type = (question[at + 1] & 0xff) << 8 | (question[at + 2] & 0xff);
        String asking = name.toString().replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
        asked.add(asking);
        List<String> addresses = names.get(asking);
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        reply.write(question, 0, 2);
        reply.write(new byte[] {(byte) 0x81, (byte) (0x80 | (addresses == null ? NAME_ERROR : 0)), 0, 1});
        reply.write(new byte[] {0, (byte) (addresses != null && type == TYPE_A ? 1 : 0), 0, 0, 0, 0});
        reply.write(question, HEADER, at + 5 - HEADER);
        if (addresses != null && type == TYPE_A) {
            int turn = turns.computeIfAbsent(asking, _ -> new AtomicInteger()).getAndIncrement();
            String next = addresses.get(Math.min(turn, addresses.size() - 1));
            // Name by pointer, type A, class IN, lives no second, four bytes (RFC 1035).
            reply.write(new byte[] {(byte) 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4});
            reply.write(InetAddress.ofLiteral(next).getAddress());
        }
        return reply.toByteArray();
    }
}
