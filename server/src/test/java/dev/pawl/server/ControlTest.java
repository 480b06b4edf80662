package dev.pawl.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.RunControl;
import dev.pawl.server.approvals.Approvals;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path socket = Path.of("unset");
    private final FakeRun run = new FakeRun();
    private final Approvals approvals = NoQuestions.ever();

    @BeforeEach
    void name() {
        socket = directory.resolve("control.sock");
    }

    @Test
    void carriesOrdersAndSaysWhoGaveThem() throws IOException {
        try (ControlServer _ = ControlServer.start(socket, run, approvals)) {
            assertThat(ask(ControlOrder.STATUS)).isEqualTo(new ControlAnswer.Status("running", 4));
            assertThat(ask(ControlOrder.FREEZE))
                    .isEqualTo(new ControlAnswer.Held(new RunControl.Held(0.5, 4, "signals")));
            assertThat(ask(ControlOrder.RESUME))
                    .isEqualTo(new ControlAnswer.Held(new RunControl.Held(0.25, 4, "cgroup")));
            run.left = List.of(7, 8);
            assertThat(ask(ControlOrder.STOP))
                    .isEqualTo(new ControlAnswer.Stopped(new RunControl.Stopped(1.5, 2.5, 3.5, 4, List.of(7, 8))));
        }
        String me = System.getProperty("user.name");
        assertThat(run.orders).containsExactly("freeze by " + me, "resume by " + me, "stop by " + me);
        assertThat(socket).doesNotExist();
    }

    @Test
    void theActorIsWhoeverTheKernelNames() throws IOException {
        try (ControlServer _ = ControlServer.start(socket, run, approvals)) {
            assertThat(raw("{\"do\":\"freeze\",\"actor\":\"somebody-else\"}\n")).contains("\"ok\":true");
        }
        assertThat(run.orders).containsExactly("freeze by " + System.getProperty("user.name"));
    }

    @Test
    void anotherUserIsRefused() throws IOException {
        String name = System.getProperty("user.name").equals("root") ? "nobody" : "root";
        UserPrincipal other =
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        try (ControlServer _ = ControlServer.start(socket, run, approvals, Set.of(other))) {
            assertThat(ask(ControlOrder.STOP))
                    .isInstanceOfSatisfying(
                            ControlAnswer.Refused.class,
                            refused -> assertThat(refused.reason()).contains("another user"));
        }
        assertThat(run.orders).isEmpty();
    }

    @Test
    void theSocketIsForItsOwnerOnly() throws IOException {
        try (ControlServer _ = ControlServer.start(socket, run, approvals)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatIsNoOrderIsRefused() throws IOException {
        try (ControlServer _ = ControlServer.start(socket, run, approvals)) {
            for (String request : List.of(
                    "\n",
                    "{}\n",
                    "{\"do\":1}\n",
                    "{\"do\":\"explode\"}\n",
                    "{\"do\":\"stop\",\"do\":\"status\"}\n",
                    "{\"do\":\"stop\",\"x\":\"" + "y".repeat(5000))) {
                assertThat(raw(request)).startsWith("{\"ok\":false,\"error\":");
            }
        }
        assertThat(run.orders).isEmpty();
    }

    @Test
    void noiseGivesNoOrderAndEndsNothing() throws IOException {
        Random random = new Random(6);
        try (ControlServer _ = ControlServer.start(socket, run, approvals)) {
            for (int i = 0; i < 300; i++) {
                byte[] noise = "{\"do\":\"status\",\"actor\":\"x\"}".getBytes(UTF_8);
                for (int flips = random.nextInt(5); flips >= 0; flips--) {
                    noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
                }
                raw(new String(noise, ISO_8859_1) + "\n");
            }
            assertThat(ask(ControlOrder.STATUS)).isEqualTo(new ControlAnswer.Status("running", 4));
        }
        assertThat(run.orders).isEmpty();
    }

    @Test
    void aSlowOrSilentPeerDoesNotHoldTheOthers() throws IOException {
        List<SocketChannel> idle = new ArrayList<>();
        try (ControlServer _ = ControlServer.start(socket, run, approvals)) {
            for (int i = 0; i < 40; i++) {
                idle.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            }
            assertThat(ask(ControlOrder.STATUS)).isEqualTo(new ControlAnswer.Status("running", 4));
            // The server gave up on them, instead of waiting for ever.
            assertThat(idle.getFirst().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
    }

    @Test
    void aFailingRunIsAnAnswer() throws IOException {
        run.state = "";
        try (ControlServer _ = ControlServer.start(socket, run, approvals)) {
            assertThat(ask(ControlOrder.STATUS)).isInstanceOf(ControlAnswer.Refused.class);
        }
    }

    @Test
    void noAnswerIsSilence() throws IOException {
        assertThat(ask(ControlOrder.STATUS)).isInstanceOf(ControlAnswer.Silent.class);
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(socket));
            assertThat(ControlClient.ask(socket, ControlOrder.STOP, Duration.ofMillis(200)))
                    .isInstanceOf(ControlAnswer.Silent.class);
        }
    }

    @Test
    void aPathTooLongNamesWhatToChange() {
        Path deep = directory.resolve("x".repeat(100)).resolve("control.sock");
        assertThatThrownBy(() -> ControlServer.start(deep, run, approvals)).hasMessageContaining("PAWL_HOME");
    }

    private ControlAnswer ask(ControlOrder order) {
        return ControlClient.ask(socket, order, PATIENT);
    }

    private String raw(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Deadline _ = new Deadline(channel, PATIENT)) {
            ControlLine.write(channel, request.getBytes(UTF_8));
            ByteBuffer answer = ByteBuffer.allocate(8192);
            while (channel.read(answer) >= 0 && answer.hasRemaining()) {}
            return new String(answer.array(), 0, answer.position(), UTF_8);
        }
    }
}
