package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Marker;
import dev.pawl.gateway.testing.DnsMessages;
import dev.pawl.gateway.testing.DnsMessages.Answer;
import dev.pawl.gateway.testing.NameServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DnsTest {
    private static final int NXDOMAIN = 3;

    private NameServer server;
    private Rig rig;
    private DatagramSocket socket;

    enum Transport {
        UDP,
        TCP
    }

    @BeforeEach
    void start() throws IOException {
        server = new NameServer()
                .put("files.example", "203.0.113.9")
                .put("a.b.wild.example", "203.0.113.10")
                .put("empty.example")
                .put("broken.example", NameServer.FAIL);
        rig = Rig.plan()
                .host("files.example")
                .host("*.wild.example")
                .host("empty.example")
                .host("broken.example")
                .host("gone.example")
                .route("routed.example", 9)
                .resolver(server.endpoint())
                .start();
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        socket.connect(rig.dnsUdp);
        socket.setSoTimeout(10_000);
        rig.gateway.asks(new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()), Rig.AGENT);
    }

    @AfterEach
    void stop() {
        socket.close();
        rig.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void grantedNameGetsOneStableAddressOfEachFamily(Transport transport) throws Exception {
        InetAddress v4 = InetAddress.getByAddress(
                ask(transport, "files.example", DnsMessages.A).data());
        InetAddress v6 = InetAddress.getByAddress(
                ask(transport, "files.example", DnsMessages.AAAA).data());
        assertThat(v4.getHostAddress()).startsWith("198.18.");
        assertThat(v6.getHostAddress()).startsWith("fd70:6177:6c00:0:");
        assertThat(rig.gateway.hostOf(v4)).hasValue("files.example");
        assertThat(rig.gateway.hostOf(v6)).hasValue("files.example");
        assertThat(ask(transport, "FILES.example", DnsMessages.A).data()).isEqualTo(v4.getAddress());
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void deniedNameIsAnsweredAndNobodyIsAsked(Transport transport) throws Exception {
        Answer answer = ask(transport, "secret-data.evil.example", DnsMessages.A);
        assertThat(answer.code()).isEqualTo(NXDOMAIN);
        assertThat(answer.answers()).isZero();
        ask(transport, "wild.example", DnsMessages.A);
        ask(transport, "secret-data.evil.example", 16);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aNameThatCarriesAMarkerIsRefusedAndNotRecordedInFull() throws Exception {
        rig.gateway.leaks().mark(List.of(new Marker("decoy", "q8Zk2fPx91Lm", Optional.empty())), MarkedFiles.none());
        Answer answer = ask(Transport.UDP, "q8zk2f.px91lm.wild.example", DnsMessages.A);
        assertThat(answer.code()).isEqualTo(5);
        assertThat(server.asked()).isEmpty();
        assertThat(rig.monitor.bodies(Body.Dns.class))
                .extracting(Body.Dns::name)
                .containsExactly("*.wild.example");
        assertThat(ask(Transport.UDP, "a.b.wild.example", DnsMessages.A).code()).isZero();
    }

    @Test
    void onlyGrantedNamesWithoutARouteReachTheResolver() throws Exception {
        ask(Transport.UDP, "files.example", DnsMessages.A);
        ask(Transport.UDP, "routed.example", DnsMessages.A);
        ask(Transport.UDP, "a.b.wild.example", DnsMessages.A);
        for (int i = 0; i < 100; i++) {
            ask(Transport.UDP, "chunk" + i + ".files.example", DnsMessages.A);
        }
        assertThat(server.asked()).containsOnly("files.example", "a.b.wild.example");
    }

    @Test
    void eachQuestionIsOneEventWithItsProcess() throws Exception {
        ask(Transport.UDP, "files.example", DnsMessages.A);
        ask(Transport.UDP, "evil.example", 65);
        assertThat(rig.monitor.bodies(Body.Dns.class))
                .containsExactly(
                        new Body.Dns("files.example", "A", List.of(), "NOERROR"),
                        new Body.Dns("evil.example", "HTTPS", List.of(), "NXDOMAIN"));
        assertThat(rig.monitor.entries())
                .allSatisfy(entry -> assertThat(entry.process()).isEqualTo(Rig.AGENT));
    }

    @Test
    void unknownAskerIsStillAnswered() throws Exception {
        ask(Transport.TCP, "files.example", DnsMessages.A);
        assertThat(rig.monitor.entries().getFirst().process()).isNull();
    }

    @Test
    void routedNameNeedsNoResolver() throws Exception {
        assertThat(ask(Transport.UDP, "routed.example", DnsMessages.AAAA).data())
                .hasSize(16);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void resolverDecidesWhetherANameExists() throws Exception {
        assertThat(ask(Transport.UDP, "gone.example", DnsMessages.A).code()).isEqualTo(NXDOMAIN);
        assertThat(ask(Transport.UDP, "broken.example", DnsMessages.A).code()).isEqualTo(2);
        Answer empty = ask(Transport.UDP, "empty.example", DnsMessages.A);
        assertThat(empty.code()).isZero();
        assertThat(empty.answers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 6, 15, 16, 33, 64, 65, 255, 257, 4711})
    void otherTypesHaveNoRecords(int type) throws Exception {
        Answer answer = ask(Transport.UDP, "files.example", type);
        assertThat(answer.code()).isZero();
        assertThat(answer.answers()).isZero();
    }

    @Test
    void letterCaseComesBackAsItWasAsked() throws Exception {
        byte[] question = DnsMessages.question(7, "fIlEs.eXaMpLe", DnsMessages.A, false);
        Answer answer = exchange(Transport.UDP, question);
        assertThat(answer.question()).isEqualTo(Arrays.copyOfRange(question, 12, question.length));
        assertThat(rig.monitor.bodies(Body.Dns.class).getFirst().name()).isEqualTo("files.example");
    }

    @Test
    void reverseLookupOfASyntheticAddressNamesItsHost() throws Exception {
        byte[] a = ask(Transport.UDP, "files.example", DnsMessages.A).data();
        String reverse = a[3] + "." + a[2] + ".18.198.in-addr.arpa";
        assertThat(ask(Transport.UDP, reverse, 12).data())
                .isEqualTo("\5files\7example\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(ask(Transport.UDP, "1.0.0.127.in-addr.arpa", 12).code()).isEqualTo(NXDOMAIN);
    }

    @Test
    void twoQuestionsOnOneSocketKeepTheirIds() throws Exception {
        send(DnsMessages.question(100, "files.example", DnsMessages.A, false));
        send(DnsMessages.question(200, "files.example", DnsMessages.AAAA, false));
        List<Answer> answers = List.of(receive(), receive());
        assertThat(answers).extracting(Answer::id).containsExactlyInAnyOrder(100, 200);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.data()).hasSize(answer.id() == 100 ? 4 : 16));
    }

    @Test
    void ednsIsAnsweredInKindAndTellsWhyANameIsBlocked() throws Exception {
        assertThat(exchange(Transport.UDP, DnsMessages.question(1, "files.example", DnsMessages.A, true))
                        .edns())
                .isTrue();
        send(DnsMessages.question(2, "evil.example", DnsMessages.A, true));
        byte[] denial = receiveBytes();
        assertThat(DnsMessages.read(denial).code()).isEqualTo(NXDOMAIN);
        assertThat(new String(denial, StandardCharsets.ISO_8859_1)).contains("\0\17evil.example is not granted");
    }

    @Test
    void newerEdnsIsRefusedByVersion() throws Exception {
        byte[] question = DnsMessages.question(1, "files.example", DnsMessages.A, true);
        question[question.length - 5] = 1;
        assertThat(exchange(Transport.UDP, question).code()).isEqualTo(16);
    }

    @Test
    void brokenMessagesAreRejectedWithTheirId() throws Exception {
        byte[] good = DnsMessages.question(77, "files.example", DnsMessages.A, false);
        assertThat(codeOf(with(good, 5, 2))).isEqualTo(1); // two questions
        assertThat(codeOf(with(good, 5, 0))).isEqualTo(1); // none
        assertThat(codeOf(with(good, 7, 1))).isEqualTo(1); // a record in a question
        assertThat(codeOf(with(good, 2, 0x28))).isEqualTo(4); // dynamic update
        assertThat(codeOf(with(good, 12, 0xc0))).isEqualTo(1); // a pointer
        assertThat(codeOf(with(good, 12, 0x40))).isEqualTo(1); // a label longer than 63
        assertThat(codeOf(with(good, good.length - 1, 3))).isEqualTo(5); // class CHAOS
        assertThat(codeOf(DnsMessages.question(77, "files.example", 252, false)))
                .isEqualTo(5); // AXFR
        assertThat(codeOf(Arrays.copyOf(good, good.length - 1))).isEqualTo(1);
        assertThat(codeOf(Arrays.copyOf(good, good.length + 1))).isEqualTo(1);
        assertThat(rig.monitor.entries()).isEmpty();
    }

    @Test
    void answersAndScrapsAreNotAnswered() throws Exception {
        send(with(DnsMessages.question(1, "files.example", DnsMessages.A, false), 2, 0x80));
        send(new byte[11]);
        send(Arrays.copyOf(DnsMessages.question(3, "files.example", DnsMessages.A, false), 5_000));
        send(DnsMessages.question(4, "files.example", DnsMessages.A, false));
        assertThat(receive().id()).isEqualTo(4);
    }

    @Test
    void oddNamesAreRefusedAndRecorded() throws Exception {
        for (String name : new String[] {"a b.wild.example", "a\0b.wild.example", "\u00e9.wild.example"}) {
            assertThat(ask(Transport.UDP, name, DnsMessages.A).code()).isEqualTo(5);
        }
        byte[] tooLong = DnsMessages.question(1, ("a".repeat(63) + ".").repeat(4) + "example", DnsMessages.A, false);
        assertThat(exchange(Transport.UDP, tooLong).code()).isEqualTo(1);
        assertThat(rig.monitor.bodies(Body.Dns.class).getFirst().name()).isEqualTo("a\\032b.wild.example");
        assertThat(rig.monitor.entries())
                .hasSize(3)
                .allSatisfy(entry ->
                        assertThat(entry.decision()).extracting(Decision::rule).isEqualTo("malformed-name"));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void tcpCarriesSeveralQuestionsInAnyCut() throws Exception {
        try (Socket tcp = rig.dial(rig.dnsTcp)) {
            tcp.setTcpNoDelay(true);
            java.io.ByteArrayOutputStream frames = new java.io.ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(frames);
            for (int id = 1; id <= 20; id++) {
                byte[] question = DnsMessages.question(id, "routed.example", DnsMessages.A, id % 2 == 0);
                out.writeShort(question.length);
                out.write(question);
            }
            for (byte b : frames.toByteArray()) {
                tcp.getOutputStream().write(b);
            }
            tcp.shutdownOutput();
            DataInputStream in = new DataInputStream(tcp.getInputStream());
            java.util.Set<Integer> ids = new java.util.HashSet<>();
            for (int i = 0; i < 20; i++) {
                ids.add(DnsMessages.read(in.readNBytes(in.readUnsignedShort())).id());
            }
            assertThat(ids).hasSize(20);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void tcpConnectionsAreBoundedAndOversizedFramesEndThem() throws Exception {
        List<Socket> held = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < DnsTcp.MAX_CONNECTIONS; i++) {
                held.add(rig.dial(rig.dnsTcp));
            }
            try (Socket oneMore = rig.dial(rig.dnsTcp)) {
                RelayTest.assertReset(oneMore);
            } catch (SocketException e) {
                assertThat(e).as("reset before its options were set").hasMessageContaining("reset");
            }
            held.getFirst().getOutputStream().write(new byte[] {0x7f, 0x7f});
            RelayTest.assertReset(held.getFirst());
            RelayTest.assertReset(held.get(1)); // idle
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void pausedDnsWaits() throws Exception {
        ask(Transport.UDP, "routed.example", DnsMessages.A);
        rig.gateway.pause(true);
        send(DnsMessages.question(5, "routed.example", DnsMessages.A, false));
        socket.setSoTimeout(300);
        assertThatThrownBy(this::receive).isInstanceOf(SocketTimeoutException.class);
        rig.gateway.pause(false);
        socket.setSoTimeout(10_000);
        assertThat(receive().id()).isEqualTo(5);
    }

    private int codeOf(byte[] message) throws IOException {
        Answer answer = exchange(Transport.UDP, message);
        assertThat(answer.id()).isEqualTo(77);
        assertThat(answer.flags() & 0x8000).isNotZero();
        return answer.code();
    }

    private static byte[] with(byte[] message, int index, int value) {
        byte[] copy = message.clone();
        copy[index] = (byte) value;
        return copy;
    }

    private Answer ask(Transport transport, String name, int type) throws IOException {
        return exchange(transport, DnsMessages.question(4242, name, type, false));
    }

    private Answer exchange(Transport transport, byte[] question) throws IOException {
        if (transport == Transport.UDP) {
            send(question);
            return receive();
        }
        try (Socket tcp = rig.dial(rig.dnsTcp)) {
            DataOutputStream out = new DataOutputStream(tcp.getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            DataInputStream in = new DataInputStream(tcp.getInputStream());
            return DnsMessages.read(in.readNBytes(in.readUnsignedShort()));
        }
    }

    private void send(byte[] message) throws IOException {
        socket.send(new DatagramPacket(message, message.length));
    }

    private Answer receive() throws IOException {
        return DnsMessages.read(receiveBytes());
    }

    private byte[] receiveBytes() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
