package dev.pawl.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.ProcessInfo;
import dev.pawl.policy.NextStep;
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
                        ? Optional.of("grant: network.addresses: [{cidr: 203.0.113.9, port: 22}]")
                        : denial.attempt().equals(local) ? Optional.of("no line can grant this: y") : Optional.empty());
        assertThat(lines)
                .containsExactly(
                        "pawl: denied 5 attempts of fixer (charter: built-in)",
                        "  3 x tcp 203.0.113.9:22 by ssh[41] (rule default)"
                                + "  grant: network.addresses: [{cidr: 203.0.113.9, port: 22}]",
                        "  1 x name evil\\x1b[2J.example (rule default)",
                        "  1 x unix /run/docker.sock (rule default)  no line can grant this: y",
                        "  all of them: pawl events --run r-1 --denied; why: pawl explain EVENT");
    }

    /** Every kind there is, and more of most than fits. */
    @Test
    void manyKindsOfDenialAreTenLinesWithTheMostUsefulFirst() {
        List<Denial> denials = new ArrayList<>();
        for (int port = 1; port <= 500; port++) {
            denials.add(new Denial(
                    new Attempt.Connect(
                            Attempt.Transport.TCP, Optional.empty(), InetAddress.ofLiteral("10.0.0.1"), port),
                    Decision.deny("no-lateral.networks", "no-lateral", "closed"),
                    null,
                    3,
                    "01J"));
        }
        for (int i = 0; i < 30; i++) {
            denials.add(
                    denial(new Attempt.Resolve("n" + i + ".example", "A"), "default", "no-covert-channels", 30 - i));
        }
        denials.add(denial(
                new Attempt.Connect(Attempt.Transport.UDP, Optional.empty(), InetAddress.ofLiteral("203.0.113.9"), 53),
                "udp",
                "no-covert-channels",
                9));
        denials.add(denial(new Attempt.LocalConnect("/run/docker.sock", false), "host-socket", "no-lateral", 2));
        denials.add(denial(named(443), "budget.egress", null, 40));
        denials.add(denial(named(8443), "protocol-mismatch", "no-covert-channels", 1));
        denials.add(denial(
                new Attempt.Exec(new ProcessInfo(1, 0, "/usr/bin/ssh", List.of("ssh"), "/", "dev"), "/usr/bin/ssh"),
                "no-tunnels.programs",
                "no-tunnels",
                4));
        List<String> lines = Summary.render(
                CHARTER, "r-1", denials, 0, denial -> NextStep.remedy(denial.attempt(), denial.decision()));
        assertThat(lines).hasSize(10);
        assertThat(lines.get(1))
                .startsWith("  40 x tcp a.example:443 (rule budget.egress)")
                .contains("raise budget.egress");
        assertThat(lines.get(2))
                .isEqualTo("  30 x name n0.example (rule default)  grant: network.allow: [{host: n0.example}]");
        assertThat(lines.subList(2, 6)).allMatch(line -> line.contains("  grant: "));
        assertThat(lines.get(6))
                .startsWith("  1500 x tcp 10.0.0.1:1 and 499 others (rule no-lateral.networks)")
                .contains("the boundary no-lateral forbids it");
        assertThat(lines.get(7))
                .startsWith("  9 x udp 203.0.113.9:53 (rule udp)")
                .contains("datagrams never leave");
        assertThat(lines.get(8)).startsWith("  4 x exec /usr/bin/ssh").contains("no-tunnels forbids it");
        assertThat(lines.getLast()).contains("and 28 more");
        List<String> few = Summary.render(
                CHARTER,
                "r-1",
                denials.subList(528, denials.size()),
                0,
                denial -> NextStep.remedy(denial.attempt(), denial.decision()));
        assertThat(few).hasSize(9).anyMatch(line -> line.contains("no-tunnels forbids it"));
    }

    private static Attempt named(int port) {
        return new Attempt.Connect(
                Attempt.Transport.TCP, Optional.of("a.example"), InetAddress.ofLiteral("198.18.0.1"), port);
    }

    private static Denial denial(
            Attempt attempt, String rule, @org.jspecify.annotations.Nullable String boundary, long count) {
        return new Denial(attempt, Decision.deny(rule, boundary, "so"), null, count, "01J");
    }

    @Test
    void staysShortAndIsSilentWhereNothingWasDenied() {
        List<Denial> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(new Denial(new Attempt.Resolve("x" + i + ".example", "A"), DENIED, null, 2, "01J"));
        }
        List<String> lines = Summary.render(CHARTER, "r-1", many, 7, attempt -> Optional.empty());
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).contains("denied 2007 attempts");
        assertThat(lines.get(1)).contains("and 999 others");
        assertThat(lines.getLast()).contains("and more; all of them");
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
