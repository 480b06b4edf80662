package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Egress;
import dev.pawl.gateway.testing.DialPolicy;
import dev.pawl.gateway.testing.RecordingMonitor;
import dev.pawl.gateway.testing.TestPurse;
import dev.pawl.gateway.tls.RunAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that never uses the network does not pay for it: shown in a Java of its own, by the classes it loads. */
@Timeout(60)
class LazyStartTest {
    private static final int[] DESCRIPTORS = {1001, 1002, 1003, 1004};

    @Test
    void quietRunLoadsNoNettyAndMakesNoCertificates() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        QuietRun.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("dev.pawl.gateway.RunGateway ", "released " + Arrays.toString(DESCRIPTORS));
        assertThat(output)
                .doesNotContain(" io.netty.", " dev.pawl.gateway.tls.Certificates", " dev.pawl.gateway.tls.Leaves");
    }

    /** Serves and closes at once; prints the descriptors that were given back. */
    static final class QuietRun {
        public static void main(String[] arguments) {
            StringBuilder released = new StringBuilder();
            GatewayLoops loops = new GatewayLoops();
            try (RunGateway gateway = new RunGateway(
                    Rig.plan().charter(),
                    new DialPolicy(Rig.plan().charter()),
                    new RecordingMonitor(Rig.plan().charter()),
                    (_, _) -> "",
                    Clock.systemUTC(),
                    loops,
                    new Inspecting(new RunAuthority("lazy", Clock.systemUTC()), List.of(), new TestPurse(0)),
                    descriptor ->
                            released.append(released.isEmpty() ? "" : ", ").append(descriptor))) {
                gateway.serve(new Egress.Listeners(DESCRIPTORS[0], DESCRIPTORS[1], DESCRIPTORS[2], DESCRIPTORS[3]));
            }
            loops.close();
            System.out.println("released [" + released + "]");
        }
    }
}
