package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Body;
import dev.pawl.core.Egress;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.testing.Upstream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControlTest {
    private static final long MORE_THAN_BUFFERS_HOLD = 256L << 20;

    private static final Upstream.Talk ENDLESS = socket -> {
        byte[] chunk = new byte[1 << 16];
        while (!socket.isClosed()) {
            socket.getOutputStream().write(chunk);
        }
    };

    private static final Upstream.Talk ECHO = socket -> socket.getInputStream().transferTo(socket.getOutputStream());

    @Test
    void pauseStopsBytesAndResumeLetsThemGo() throws Exception {
        try (Upstream upstream = new Upstream(ENDLESS);
                Rig rig = Rig.plan().start();
                Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
            agent.getInputStream().readNBytes(8 << 20);
            rig.gateway.pause(true);
            assertThat(readUntilSilent(agent)).isLessThan(MORE_THAN_BUFFERS_HOLD);
            rig.gateway.pause(false);
            agent.setSoTimeout(20_000);
            assertThat(agent.getInputStream().readNBytes(64 << 20)).hasSize(64 << 20);
        }
    }

    @Test
    void pausedGatewayTakesNoConnection() throws Exception {
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().start()) {
            rig.gateway.pause(true);
            try (Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
                agent.getOutputStream().write(1);
                agent.setSoTimeout(400);
                assertThatThrownBy(() -> agent.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                assertThat(upstream.connections()).isZero();
                rig.gateway.pause(false);
                agent.setSoTimeout(20_000);
                assertThat(agent.getInputStream().read()).isEqualTo(1);
            }
        }
    }

    @Test
    void cutResetsBusyFlowsAndRefusesMore() throws Exception {
        try (Upstream upstream = new Upstream(ENDLESS);
                Rig rig = Rig.plan().start()) {
            List<Socket> agents = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP);
                agent.getInputStream().readNBytes(1 << 20);
                agents.add(agent);
            }
            Egress.Cut cut = rig.gateway.cut();
            assertThat(cut.flows()).isEqualTo(10);
            assertThat(cut.tookMillis()).isBetween(0.0, 2_000.0);
            for (Socket agent : agents) {
                assertThatThrownBy(() -> agent.getInputStream().readNBytes(Integer.MAX_VALUE))
                        .isInstanceOf(SocketException.class);
            }
            assertThatThrownBy(() -> rig.dial(rig.relay4)).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> rig.dial(rig.dnsTcp)).isInstanceOf(ConnectException.class);
            assertThat(rig.gateway.objection(Rig.raw(upstream.port())))
                    .hasValueSatisfying(decision -> assertThat(decision.rule()).isEqualTo("gateway-closed"));
            assertThat(rig.gateway.cut().flows()).isZero();
            rig.gateway.close();
            assertThat(rig.monitor.bodies(Body.Flow.class).stream().filter(flow -> flow.closed() != null))
                    .hasSize(10);
        }
    }

    @Test
    void budgetIsNeverPassedAndEndsEverything() throws Exception {
        long budget = 5_000_000;
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().egress(budget).start();
                Socket bystander = rig.connect(Rig.raw(upstream.port()), Protocol.TCP);
                Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
            RelayTest.assertEchoes(bystander);
            assertThat(rig.gateway.objection(Rig.raw(upstream.port()))).isEmpty();
            Thread.ofVirtual().start(() -> {
                try {
                    agent.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The reset this test is about.
                }
            });
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            agent.getOutputStream().write(new byte[1 << 16]);
                        }
                    })
                    .isInstanceOf(SocketException.class);
            RelayTest.assertReset(bystander);
            assertThat(rig.gateway.sentBytes()).isEqualTo(budget);
            assertThat(rig.gateway.objection(Rig.raw(upstream.port()))).hasValueSatisfying(decision -> {
                assertThat(decision.rule()).isEqualTo("budget.egress");
                assertThat(decision.by()).isEqualTo("gateway");
            });
            rig.monitor.await(entry -> entry.body() instanceof Body.Control control
                    && control.operation().equals("budget"));
            try (Socket late = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
                RelayTest.assertReset(late);
            }
        }
    }

    @Test
    void closeMayBeRepeatedAndLateCallsAreHarmless() throws Exception {
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().start();
                Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
            RelayTest.assertEchoes(agent);
            rig.gateway.close();
            rig.gateway.close();
            rig.announce(agent, Rig.raw(upstream.port()), Protocol.TCP);
            rig.gateway.asks(rig.dnsUdp, Rig.AGENT);
            rig.gateway.pause(true);
            RelayTest.assertReset(agent);
        }
    }

    @Test
    void everyDescriptorIsGivenBack() throws Exception {
        useEveryWayOut(1); // what is opened once for the whole process
        int before = descriptors();
        useEveryWayOut(60);
        assertThat(descriptors()).isLessThanOrEqualTo(before + 5);
    }

    /** Flows that end well, in a mismatch, in a refusal and in the cut, and DNS connections left open. */
    private static void useEveryWayOut(int times) throws Exception {
        List<Socket> left = new ArrayList<>();
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan().start()) {
            for (int i = 0; i < times; i++) {
                try (Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TCP)) {
                    RelayTest.assertEchoes(agent);
                }
                try (Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TLS)) {
                    agent.getOutputStream().write(1);
                    RelayTest.assertReset(agent);
                }
                try (Socket agent = rig.connect(Rig.to("unchecked.example", 1), Protocol.TCP)) {
                    RelayTest.assertReset(agent);
                }
                left.add(rig.connect(Rig.raw(upstream.port()), Protocol.TCP));
                RelayTest.assertEchoes(left.getLast());
                left.add(rig.dial(rig.relay4));
                left.add(rig.dial(rig.dnsTcp));
            }
        } finally {
            for (Socket socket : left) {
                socket.close();
            }
        }
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    /** Reads what buffers still hold until half a second brings nothing; the number of bytes. */
    private static long readUntilSilent(Socket agent) throws IOException {
        agent.setSoTimeout(500);
        byte[] chunk = new byte[1 << 16];
        long total = 0;
        try {
            while (total < MORE_THAN_BUFFERS_HOLD) {
                total += agent.getInputStream().read(chunk);
            }
        } catch (SocketTimeoutException silent) {
            return total;
        }
        return total;
    }
}
