package dev.pawl.policy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.policy.Bench;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.learn.UnusedGrants.Unused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants nobody used are named by the charter at hand and the times of the events. */
final class UnusedGrantsTest {
    private static final Instant LATER = Tried.BEGIN.plus(Duration.ofDays(40));

    private final Bench bench;

    UnusedGrantsTest(@TempDir Path temporary) {
        bench = Bench.in(temporary);
    }

    @Test
    void whatWasUsedLongAgoOrNeverIsUnused() throws CharterException {
        PolicyBundle charter = bench.bundle(Bench.MINIMAL + """
                network:
                  allow: [{host: old.example}, {host: "*.wide.example"}, {host: a.wide.example}, {host: never.example}]
                  addresses: [{cidr: 203.0.113.0/24, port: 22}, {cidr: 10.0.0.0/8, port: 5432}]
                commands: [{program: cat}, {program: ls, arguments: ["-l"]}]
                """);
        String cat =
                charter.charter().commands().orElseThrow().getFirst().program().toString();
        String ls =
                charter.charter().commands().orElseThrow().getLast().program().toString();
        Tried run = new Tried(bench.bundle(Bench.MINIMAL + """
                network: {addresses: [{cidr: 10.0.0.0/8, port: 5432}]}
                """))
                .host("old.example", 443, "tls")
                .at(LATER)
                .host("a.wide.example", 443, "tls")
                .address("203.0.113.9", 22, "tcp")
                .resolve("db.example")
                .host("db.example", 5432, "tcp", "10.1.2.3")
                .exec(cat, "cat", "x")
                .exec(ls, "ls", "-a");
        assertThat(UnusedGrants.of(charter, run.seen, LATER.minus(Duration.ofDays(30))))
                .containsExactly(
                        new Unused("network.allow[0]", Optional.of(Tried.BEGIN)),
                        new Unused("network.allow[1]", Optional.empty()),
                        new Unused("network.allow[3]", Optional.empty()),
                        new Unused("commands[1]", Optional.empty()));
        assertThat(UnusedGrants.of(charter, run.seen, Tried.BEGIN))
                .extracting(Unused::rule)
                .doesNotContain("network.allow[0]");
    }
}
