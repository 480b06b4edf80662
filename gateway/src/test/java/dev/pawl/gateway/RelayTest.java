package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Body;
import dev.pawl.core.Egress;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.testing.RecordingMonitor;
import dev.pawl.gateway.testing.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
    private static final int MEBIBYTE = 1 << 20;

    private static final Upstream.Talk ECHO = socket -> socket.getInputStream().transferTo(socket.getOutputStream());

    @Test
    void bytesArriveWholeBothWaysAtOnce() throws Exception {
        long size = 64L * MEBIBYTE;
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().start();
                Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> sent = threads.submit(() -> {
                long sum = send(agent.getOutputStream(), size, 7);
                agent.shutdownOutput();
                return sum;
            });
            assertThat(receive(agent.getInputStream(), size)).isEqualTo(sent.get());
            assertThat(agent.getInputStream().read()).isEqualTo(-1);
            assertThat(rig.monitor.closedFlow().body()).isInstanceOfSatisfying(Body.Flow.class, flow -> {
                assertThat(flow.sent()).isEqualTo(size);
                assertThat(flow.received()).isEqualTo(size);
            });
            assertThat(rig.gateway.sentBytes()).isEqualTo(size);
        }
    }

    @Test
    void flowIsRecordedWhenItOpensAndWhenItCloses() throws Exception {
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start()) {
            try (Socket agent = rig.connect(Rig.to("files.example", 9000), Protocol.TCP)) {
                agent.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                assertThat(agent.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
                assertThat(rig.monitor.entries()).hasSize(1);
            }
            RecordingMonitor.Entry closed = rig.monitor.closedFlow();
            assertThat(rig.monitor.entries()).hasSize(2).allSatisfy(entry -> {
                assertThat(entry.process()).isEqualTo(Rig.AGENT);
                assertThat(entry.cause()).isEqualTo("cause-1");
                assertThat(entry.decision()).isNull();
            });
            Body.Flow opening = rig.monitor.bodies(Body.Flow.class).getFirst();
            Body.Flow closing = (Body.Flow) closed.body();
            assertThat(opening.closed()).isNull();
            assertThat(opening.sent()).isZero();
            assertThat(closing)
                    .isEqualTo(new Body.Flow(
                            opening.flow(),
                            "files.example",
                            "127.0.0.1",
                            upstream.port(),
                            "unknown",
                            5,
                            5,
                            opening.opened(),
                            closing.closed(),
                            new Body.Spoken(
                                    "tcp",
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    closing.spoken().course())));
            assertThat(closing.spoken().course()).isNotNull().satisfies(course -> {
                assertThat(course.outFirst()).isTrue();
                assertThat(course.outSizes()).containsExactly(5L);
                assertThat(course.inSizes()).containsExactly(5L);
            });
            assertThat(opening.protocol()).isEqualTo("tcp");
            assertThat(opening.spoken()).isEqualTo(Body.Spoken.NOTHING);
            assertThat(opening.flow()).hasSize(26);
        }
    }

    @Test
    void agentMayEndItsHalfFirst() throws Exception {
        Upstream.Talk answerAfterEnd = socket -> {
            byte[] all = socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(("got " + all.length).getBytes(StandardCharsets.US_ASCII));
        };
        try (Upstream upstream = new Upstream(answerAfterEnd);
                Rig rig = Rig.plan().start();
                Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
            agent.getOutputStream().write(new byte[300_000]);
            agent.shutdownOutput();
            assertThat(agent.getInputStream().readAllBytes()).asString().isEqualTo("got 300000");
        }
    }

    @Test
    void serverMayEndItsHalfFirst() throws Exception {
        Upstream.Talk endThenListen = socket -> {
            socket.getOutputStream().write("bye".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        };
        try (Upstream upstream = new Upstream(endThenListen);
                Rig rig = Rig.plan().start();
                Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
            assertThat(agent.getInputStream().readAllBytes()).asString().isEqualTo("bye");
            agent.getOutputStream().write(new byte[200_000]);
            agent.shutdownOutput();
            assertThat(((Body.Flow) rig.monitor.closedFlow().body()).sent()).isEqualTo(200_000);
        }
    }

    @Test
    void hundredDownloadsAtOnceLoseNothing() throws Exception {
        long size = 2L * MEBIBYTE;
        Upstream.Talk download = socket -> {
            int seed = socket.getInputStream().read();
            send(socket.getOutputStream(), size, seed);
        };
        try (Upstream upstream = new Upstream(download);
                Rig rig = Rig.plan().start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> sums = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int seed = i;
                sums.add(threads.submit(() -> {
                    try (Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
                        agent.getOutputStream().write(seed);
                        return receive(agent.getInputStream(), size);
                    }
                }));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(sums.get(i).get())
                        .as("download %d", i)
                        .isEqualTo(send(OutputStream.nullOutputStream(), size, i));
            }
        }
    }

    @Test
    void announcementMayComeBeforeTheConnection() throws Exception {
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().start();
                Socket agent = new Socket()) {
            agent.bind(new InetSocketAddress(rig.relay4.getAddress(), 0));
            rig.announce(agent, Rig.raw(upstream.port()), Protocol.TCP);
            agent.connect(rig.relay4, 5_000);
            assertEchoes(agent);
        }
    }

    @Test
    void announcementMayComeAfterTheConnection() throws Exception {
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().start()) {
            assertEchoes(rig.connect(Rig.raw(upstream.port()), Protocol.TCP)); // everything is started now
            Socket agent = rig.dial(rig.relay4);
            agent.setSoTimeout(300);
            assertThatThrownBy(() -> agent.getInputStream().read()).isInstanceOf(java.net.SocketTimeoutException.class);
            rig.announce(agent, Rig.raw(upstream.port()), Protocol.TCP);
            assertEchoes(agent);
        }
    }

    @Test
    void relayServesIpv6() throws Exception {
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().start();
                Socket agent = rig.dial(rig.relay6)) {
            rig.announce(agent, Rig.raw(upstream.port()), Protocol.TCP);
            assertEchoes(agent);
        }
    }

    @Test
    void connectionNobodyAnnouncedIsReset() throws Exception {
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().start();
                Socket agent = rig.dial(rig.relay4)) {
            long start = System.nanoTime();
            assertReset(agent);
            assertThat((System.nanoTime() - start) / 1e9).isBetween(1.0, 4.0);
            assertThat(upstream.connections()).isZero();
            assertThat(rig.monitor.entries()).isEmpty();
        }
    }

    @Test
    void passageIsUsedOnce() throws Exception {
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().start()) {
            Socket first = rig.connect(Rig.raw(upstream.port()), Protocol.TCP);
            assertEchoes(first);
            int port = first.getLocalPort();
            first.setSoLinger(true, 0); // no TIME_WAIT, so that the port can be used again
            first.close();
            try (Socket second = new Socket()) {
                second.setReuseAddress(true);
                second.setSoTimeout(20_000);
                second.bind(new InetSocketAddress(rig.relay4.getAddress(), port));
                second.connect(rig.relay4, 5_000);
                assertReset(second);
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void refusalUpstreamIsAResetForTheAgent() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (Rig rig = Rig.plan().start();
                Socket agent = rig.connect(Rig.raw(nobody), Protocol.TCP)) {
            assertReset(agent);
            assertThat(rig.monitor.entries()).isEmpty();
        }
    }

    @Test
    void resetUpstreamIsAResetForTheAgent() throws Exception {
        Upstream.Talk resets = socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        };
        try (Upstream upstream = new Upstream(resets);
                Rig rig = Rig.plan().start();
                Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
            agent.getOutputStream().write(1);
            assertReset(agent);
            rig.monitor.closedFlow();
        }
    }

    @Test
    void nothingFlowsThatCannotBeRecorded() throws Exception {
        try (Upstream upstream = new Upstream(socket -> socket.getOutputStream().write(1));
                Rig rig = Rig.plan().start()) {
            rig.monitor.fillUp();
            try (Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
                assertReset(agent);
            }
        }
    }

    @Test
    void secondServeIsRefused() {
        try (Rig rig = Rig.plan().start()) {
            assertThatThrownBy(() -> rig.gateway.serve(new Egress.Listeners(-1, -1, -1, -1)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    static void assertReset(Socket agent) {
        assertThatThrownBy(() -> {
                    int value = agent.getInputStream().read();
                    throw new AssertionError("read " + value + " where a reset was due");
                })
                .isInstanceOf(SocketException.class);
    }

    static void assertEchoes(Socket agent) throws IOException {
        agent.setSoTimeout(20_000);
        agent.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
        assertThat(agent.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
    }

    /** Sends {@code size} bytes that follow from {@code seed}; returns their checksum. */
    static long send(OutputStream out, long size, int seed) throws IOException {
        Random random = new Random(seed);
        CRC32 sum = new CRC32();
        byte[] chunk = new byte[MEBIBYTE];
        for (long left = size; left > 0; left -= chunk.length) {
            random.nextBytes(chunk);
            sum.update(chunk);
            out.write(chunk);
        }
        return sum.getValue();
    }

    /** Reads exactly {@code size} bytes; returns their checksum. */
    static long receive(InputStream in, long size) throws IOException {
        CRC32 sum = new CRC32();
        byte[] chunk = new byte[256 << 10];
        long left = size;
        while (left > 0) {
            int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (count < 0) {
                throw new IOException(left + " bytes are missing");
            }
            sum.update(chunk, 0, count);
            left -= count;
        }
        return sum.getValue();
    }
}
