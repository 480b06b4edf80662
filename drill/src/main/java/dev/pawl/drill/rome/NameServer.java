package dev.pawl.drill.rome;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * A DNS server on UDP that notes every name it is asked for. Knows the addresses it was given; answers every other name
 * with NXDOMAIN, which is all an exfiltrating agent needs.
 */
final class NameServer implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 1500;
    private static final int TYPE_A = 1;
    private static final int NAME_ERROR = 3;

    private final DatagramSocket socket;
    private final Map<String, InetAddress> names;
    private final ContactLog log;

    NameServer(ExecutorService threads, String address, int port, Map<String, InetAddress> names, ContactLog log)
            throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        this.names = Map.copyOf(names);
        this.log = log;
        threads.execute(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        byte[] buffer = new byte[MAX_MESSAGE_BYTES];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                switch (DnsQuestion.parse(buffer, packet.getLength())) {
                    case DnsQuestion.Asked asked -> {
                        log.add(Contact.Service.DNS, true, asked.name());
                        byte[] reply = answer(asked);
                        socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                    }
                    case DnsQuestion.Malformed malformed -> log.add(Contact.Service.DNS, false, malformed.why());
                }
            } catch (IOException e) {
                // Closed, which ends the loop, or an asker that is gone.
            }
        }
    }

    private byte[] answer(DnsQuestion.Asked asked) {
        InetAddress address = names.get(asked.name());
        if (address == null) {
            return asked.answer(NAME_ERROR, new byte[0]);
        }
        return asked.answer(0, asked.type() == TYPE_A ? address.getAddress() : new byte[0]);
    }

    @Override
    public void close() {
        socket.close();
    }
}
