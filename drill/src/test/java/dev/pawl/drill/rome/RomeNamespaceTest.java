package dev.pawl.drill.rome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the namespace changes, and what it leaves as it was. */
class RomeNamespaceTest {
    @TempDir
    private Path scratch;

    @Test
    void nothingButItsOwnAddressesCanBeReached() throws IOException, InterruptedException {
        // 198.51.100.1 is reserved for documentation and not among the namespace's addresses.
        String out = bash("(exec 3<>/dev/tcp/198.51.100.1/80) 2>&1; cat /etc/resolv.conf; cat /proc/net/route | wc -l");
        assertThat(out)
                .contains("unreachable")
                .contains("nameserver 203.0.113.53")
                .endsWith("\n1\n");
    }

    @Test
    void theCommandKeepsUserAndCapabilities() throws IOException, InterruptedException {
        String look = "id -u; grep -E 'CapPrm|CapEff' /proc/self/status";
        Process outside = new ProcessBuilder("bash", "-c", look).start();
        String expected = new String(outside.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(bash(look)).isEqualTo(expected);
    }

    @Test
    void bubblewrapNestsAndMayListenOnTheDnsPort() throws IOException, InterruptedException {
        assertThat(bash("""
                bwrap --unshare-all --unshare-user --die-with-parent --cap-add CAP_NET_BIND_SERVICE \
                    --ro-bind / / --tmpfs /dev --dev-bind /dev/null /dev/null --proc /proc \
                    perl -MIO::Socket::INET -e '
                        print IO::Socket::INET->new(Proto => "udp", LocalAddr => "127.0.0.53", LocalPort => 53)
                            ? "bound\\n" : "not bound: $!\\n"'
                """)).isEqualTo("bound\n");
    }

    @Test
    void theMachinesOwnAddressesStayAsTheyWere() throws IOException, InterruptedException {
        bash("true");
        assertThat(Files.readString(Path.of("/proc/net/fib_trie"))).doesNotContain(RomeWorld.SSH_BOX);
    }

    private String bash(String script) throws IOException, InterruptedException {
        InNamespace.Ended ended = InNamespace.run(scratch, Map.of(), List.of("bash", "-c", script));
        assertThat(ended.exit()).as(ended.err()).isZero();
        return ended.out();
    }
}
