package dev.pawl.gateway.testing;

import dev.pawl.core.Endpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server on loopback that remembers every name it was asked for. Names it does not know do not exist. */
public final class NameServer implements AutoCloseable {
    /** An address list of this one text makes the server answer SERVFAIL. */
    public static final String FAIL = "fail";

    private final DatagramSocket socket;
    private final Map<String, List<String>> zone = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public NameServer() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        Thread.ofVirtual().start(this::serve);
    }

    /** What {@code name} resolves to from now on. */
    public NameServer put(String name, String... addresses) {
        zone.put(name, List.of(addresses));
        return this;
    }

    /** Every name asked so far, lower-case. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", socket.getLocalPort());
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                return;
            }
        }
    }

    private byte[] answer(byte[] query) {
        int end = 12;
        StringBuilder name = new StringBuilder();
        while (query[end] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, end + 1, query[end], StandardCharsets.US_ASCII));
            end += 1 + query[end];
        }
        end++;
        int type = ByteBuffer.wrap(query).getShort(end);
        String text = name.toString().toLowerCase(Locale.ROOT);
        asked.add(text);
        List<String> known = zone.get(text);
        ByteBuffer out = ByteBuffer.allocate(4096);
        out.put(query, 0, end + 4);
        int code = known == null ? 3 : known.contains(FAIL) ? 2 : 0;
        int answers = 0;
        if (code == 0 && known != null) {
            for (String address : known) {
                byte[] bytes = InetAddress.ofLiteral(address).getAddress();
                if (bytes.length == (type == 1 ? 4 : 16)) {
                    out.putShort((short) 0xc00c).putShort((short) type).putShort((short) 1);
                    out.putInt(60).putShort((short) bytes.length).put(bytes);
                    answers++;
                }
            }
        }
        out.putShort(2, (short) (0x8180 | code));
        out.putShort(6, (short) answers).putInt(8, 0);
        return Arrays.copyOf(out.array(), out.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}
