package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same answers, read by a resolver that is not ours: dig (package bind9-dnsutils). */
@Timeout(60)
class DigTest {
    private static final Path DIG = Path.of("/usr/bin/dig");

    @Test
    void digUnderstandsTheAnswers() throws Exception {
        assumeTrue(Files.isExecutable(DIG), "left out: dig is not installed (bind9-dnsutils)");
        try (Rig rig = Rig.plan().route("files.example", 9).start()) {
            assertThat(dig(rig, "+short", "files.example", "A")).startsWith("198.18.0.");
            assertThat(dig(rig, "+short", "files.example", "AAAA")).startsWith("fd70:6177:6c00::");
            assertThat(dig(rig, "+short", "+tcp", "files.example", "A")).startsWith("198.18.0.");
            assertThat(dig(rig, "+short", "-x", "198.18.0.1")).isEqualTo("files.example.\n");
            assertThat(dig(rig, "files.example", "HTTPS")).contains("status: NOERROR", "ANSWER: 0");
            assertThat(dig(rig, "evil.example", "A"))
                    .contains("status: NXDOMAIN", "EDE: 15 (Blocked): (evil.example is not granted)");
            assertThat(dig(rig, "+noedns", "evil.example", "TXT")).contains("status: NXDOMAIN");
            assertThat(dig(rig, "+edns=1", "+noednsnegotiation", "files.example", "A"))
                    .contains("status: BADVERS");
            assertThat(dig(rig, "+opcode=notify", "files.example", "SOA")).contains("status: NOTIMP");
        }
    }

    private static String dig(Rig rig, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(DIG.toString(), "@127.0.0.1", "+time=5", "+tries=1"));
        command.addAll(List.of(words));
        boolean tcp = command.contains("+tcp");
        command.addAll(List.of("-p", "" + (tcp ? rig.dnsTcp : rig.dnsUdp).getPort()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return text;
    }
}
