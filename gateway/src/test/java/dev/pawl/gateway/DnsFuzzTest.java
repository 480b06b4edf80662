package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.gateway.testing.DnsMessages;
import dev.pawl.gateway.testing.NameServer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seeded noise and damaged questions against the parser alone and against the served socket. */
@Timeout(60)
class DnsFuzzTest {
    private static final int PACKETS = 20_000;
    private static final int SENTINEL_EVERY = 50;

    @Test
    void parserAlwaysAnswersAndNamesStayWithinBounds() {
        Random random = new Random(1);
        for (int i = 0; i < PACKETS; i++) {
            byte[] packet = packet(random);
            switch (DnsQuery.parse(packet)) {
                case DnsQuery.Ignored _ ->
                    assertThat(packet.length < 12 || packet.length > DnsQuery.MAX_BYTES || packet[2] < 0)
                            .isTrue();
                case DnsQuery.Rejected rejected -> assertThat(rejected.code()).isBetween(1, 16);
                case DnsQuery.Question question -> {
                    assertThat(question.wire().length).isLessThanOrEqualTo(255 + 4);
                    assertThat(question.name().length()).isLessThanOrEqualTo(4 * 255);
                    if (question.plain()) {
                        assertThat(question.name()).matches("[a-z0-9_.-]{1,253}");
                    }
                }
            }
        }
    }

    @Test
    void serverOutlivesEveryPacketAndAsksNobody() throws Exception {
        Random random = new Random(2);
        try (NameServer server = new NameServer();
                Rig rig = Rig.plan()
                        .route("alive.example", 9)
                        .resolver(server.endpoint())
                        .start();
                DatagramSocket noise = new DatagramSocket(loopback());
                DatagramSocket sentinel = new DatagramSocket(loopback())) {
            sentinel.setSoTimeout(10_000);
            for (int i = 0; i < PACKETS; i++) {
                byte[] packet = packet(random);
                noise.send(new DatagramPacket(packet, packet.length, rig.dnsUdp));
                if (i % SENTINEL_EVERY == 0) {
                    byte[] question = DnsMessages.question(i, "alive.example", DnsMessages.A, false);
                    sentinel.send(new DatagramPacket(question, question.length, rig.dnsUdp));
                    DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
                    sentinel.receive(answer);
                    DnsMessages.Answer read = DnsMessages.read(Arrays.copyOf(answer.getData(), answer.getLength()));
                    assertThat(read.id()).isEqualTo(i);
                    assertThat(read.code()).isIn(0, DnsReply.SERVFAIL); // busy is an answer too
                }
            }
            assertThat(server.asked()).isEmpty();
        }
    }

    /** Noise, or a question with a few bytes changed, cut or added. */
    private static byte[] packet(Random random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] packet = DnsMessages.question(
                random.nextInt(65_536), "some.name.evil.example", random.nextInt(300), random.nextBoolean());
        for (int i = random.nextInt(6); i > 0; i--) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(packet, random.nextInt(packet.length + 20)) : packet;
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    }
}
