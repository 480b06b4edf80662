package dev.pawl.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.ProcessInfo;
import dev.pawl.server.Denial;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Decision DENIED = Decision.deny("default", null, "not granted");
    private static final Charter CHARTER = new Charter(
            "fixer",
            new Charter.Owner("Ada", List.of()),
            "fix",
            Path.of("/work"),
            new Charter.FileGrants(List.of(), List.of()),
            new Charter.NetworkGrants(List.of(), List.of(), Map.of(), Optional.empty()),
            Optional.empty(),
            new Charter.Environment(List.of(), Map.of()),
            Budget.DEFAULT,
            List.of(),
            List.of(),
            "built-in");

    @Test
    void saysWhatWasDeniedAndWhatWouldGrantIt() {
        ProcessInfo ssh = new ProcessInfo(41, 40, "/usr/bin/ssh", List.of("ssh"), "/", "dev");
        Attempt connect =
                new Attempt.Connect(Attempt.Transport.TCP, Optional.empty(), InetAddress.ofLiteral("203.0.113.9"), 22);
        Attempt name = new Attempt.Resolve("evil\u001b[2J.example", "A");
        Attempt local = new Attempt.LocalConnect("/run/docker.sock", false);
        List<String> lines = Summary.render(
                CHARTER,
                "r-1",
                List.of(
                        new Denial(connect, DENIED, ssh, 3, "01J"),
                        new Denial(name, DENIED, null, 1, "01K"),
                        new Denial(local, DENIED, null, 1, "01L")),
                0,
                denial -> denial.attempt().equals(connect)
                        ? Optional.of(
                                "# careful: x\nnetwork:\n  addresses:\n    - cidr: 203.0.113.9\n      port: 22 # ssh")
                        : denial.attempt().equals(local)
                                ? Optional.of("# no line can grant this: y")
                                : Optional.empty());
        assertThat(lines)
                .containsExactly(
                        "pawl: denied 5 attempts of fixer (charter: built-in)",
                        "  3 x tcp 203.0.113.9:22 by ssh[41] (rule default)"
                                + "  grant: network.addresses: [{cidr: 203.0.113.9, port: 22}]",
                        "  1 x name evil\\x1b[2J.example (rule default)",
                        "  1 x unix /run/docker.sock (rule default)  no line can grant this: y",
                        "  all of them: pawl events --run r-1 --denied");
    }

    @Test
    void staysShortAndIsSilentWhereNothingWasDenied() {
        List<Denial> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(new Denial(new Attempt.Resolve("x" + i + ".example", "A"), DENIED, null, 2, "01J"));
        }
        List<String> lines = Summary.render(CHARTER, "r-1", many, 7, attempt -> Optional.empty());
        assertThat(lines).hasSize(10);
        assertThat(lines.getFirst()).contains("denied 2007 attempts");
        assertThat(lines.getLast()).contains("and 992+ more");
        assertThat(Summary.render(CHARTER, "r-1", List.of(), 0, attempt -> Optional.empty()))
                .isEmpty();
    }

    @Test
    void findsTheLineOfARule() {
        String charter =
                "agent: fixer\nnetwork:\n  allow:\n    - host: a.example\n    - host: b.example\n      port: 80\n";
        assertThat(CharterLine.find(charter, "network.allow[1]")).contains("line 5: - host: b.example");
        assertThat(CharterLine.find(charter, "network.allow[2]")).isEmpty();
        for (String rule : List.of("default", "network.allow[x]", "network allow", "network.allow[99999999999]")) {
            assertThat(CharterLine.find(charter, rule)).isEmpty();
        }
        assertThat(CharterLine.find("a: [", "a")).isEmpty();
    }
}
