package dev.pawl.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Ranges;
import dev.pawl.policy.PolicyBundle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compiled Cedar and a direct reading of the records say the same of random charters. Seeds are fixed. */
class AgreementTest {
    private static final int CHARTERS = 1000;
    private static final int ATTEMPTS = 100;

    @Test
    void cedarAndTheRecordsAgree() throws Exception {
        Map<String, Integer> rules = new HashMap<>();
        int allowed = 0;
        Set<String> asked = new HashSet<>();
        for (int seed = 0; seed < CHARTERS; seed++) {
            Random random = new Random(seed);
            PolicyBundle bundle = new RandomBundles(random).next();
            PolicyEngine engine = PolicyEngine.of(bundle);
            Reading reading = new Reading(bundle);
            RandomAttempts attempts = new RandomAttempts(random);
            for (int i = 0; i < ATTEMPTS; i++) {
                Attempt attempt = attempts.next();
                Decision decision = engine.decide(attempt);
                assertThat(Reading.Told.of(decision))
                        .as("seed %d, %s: %s", seed, attempt, decision.because())
                        .isEqualTo(reading.decide(attempt));
                allowed += decision.allowed() ? 1 : 0;
                if (decision.verdict() == Decision.Verdict.ASK) {
                    asked.add(attempt.getClass().getSimpleName());
                }
                rules.merge(decision.rule().replaceAll("[0-9]+", "N"), 1, Integer::sum);
            }
        }
        assertThat(allowed).isBetween(CHARTERS * ATTEMPTS / 10, CHARTERS * ATTEMPTS * 9 / 10);
        assertThat(asked).containsExactlyInAnyOrder("Connect", "Dial", "Exec", "Request", "Leak", "Spend");
        assertThat(rules.keySet())
                .as("every kind of rule decided something: %s", rules)
                .contains(
                        "network.allow[N]",
                        "network.allow[N].leaks",
                        "network.allow[N].spend",
                        "network.allow[N].spend[N]",
                        "leak.marked",
                        "network.addresses[N]",
                        "commands[N]",
                        "exec",
                        "files.read[N]",
                        "files.write[N]",
                        "workspace",
                        "organization.grants.network.allow[N]",
                        "organization.grants.network.addresses[N]",
                        "organization.grants.commands[N]",
                        "organization.grants.files.read[N]",
                        "sandbox-loopback",
                        "sandbox-socket",
                        "open-address",
                        "udp",
                        "host-socket",
                        "private-address",
                        "own-N.hosts",
                        "own-N.networks",
                        "own-N.ports",
                        "own-N.programs",
                        "own-N.read",
                        "own-N.write",
                        "corp-N.hosts",
                        "no-credential-hunting.networks",
                        "zone.zone-N",
                        "limits.hosts",
                        "network.allow[N].requests",
                        "network.allow[N].requests[N]",
                        "organization.grants.network.allow[N].requests[N]",
                        "spoken",
                        "own-N.protocols",
                        "default")
                .doesNotContain("policy-error");
    }

    /** Policies in Cedar whose meaning is plain come after all rules of the records, prohibitions before permissions. */
    @Test
    void policiesInCedarComeLast() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < CHARTERS / 5; seed++) {
            Random random = new Random(seed);
            RandomBundles bundles = new RandomBundles(random);
            PolicyBundle plain = bundles.next();
            Reading reading = new Reading(plain);
            PolicyEngine engine = PolicyEngine.of(bundles.withPolicies(plain, """
                    @id("never-5432")
                    forbid (principal, action in Action::"network", resource)
                    when { context has port && context.port == 5432 };
                    @id("all-80")
                    permit (principal, action == Action::"connect", resource) when { context.port == 80 };
                    """));
            RandomAttempts attempts = new RandomAttempts(random);
            for (int i = 0; i < ATTEMPTS; i++) {
                Attempt attempt = attempts.next();
                Reading.Told told = reading.decide(attempt);
                boolean ungranted = told.rule().equals("default");
                boolean forbidden = told.verdict() == Decision.Verdict.DENY && !ungranted;
                boolean wanting = ungranted || told.verdict() == Decision.Verdict.ASK;
                Reading.Told expected = !forbidden && port(attempt) == 5432
                        ? new Reading.Told(Decision.Verdict.DENY, "never-5432", null)
                        : wanting && attempt instanceof Attempt.Connect && port(attempt) == 80
                                ? new Reading.Told(Decision.Verdict.ALLOW, "all-80", null)
                                : told;
                Reading.Told said = Reading.Told.of(engine.decide(attempt));
                assertThat(said.verdict()).as("seed %d, %s", seed, attempt).isEqualTo(expected.verdict());
                // What an address carries is asked about first, so that a later rule about it names the decision.
                if (!carries(attempt)) {
                    assertThat(said).as("seed %d, %s", seed, attempt).isEqualTo(expected);
                }
                seen.add(expected.rule());
            }
        }
        assertThat(seen).contains("never-5432", "all-80");
    }

    private static boolean carries(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Connect connect ->
                connect.host().isEmpty() && !Ranges.carried(connect.address()).isEmpty();
            case Attempt.Dial dial -> !Ranges.carried(dial.address()).isEmpty();
            case Attempt.Speak speak ->
                speak.host().isEmpty() && !Ranges.carried(speak.address()).isEmpty();
            case Attempt.Exec _, Attempt.Resolve _, Attempt.Request _, Attempt.Tool _ -> false;
            case Attempt.Leak _, Attempt.Spend _, Attempt.LocalConnect _, Attempt.Mount _ -> false;
        };
    }

    private static int port(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Connect connect -> connect.port();
            case Attempt.Dial dial -> dial.port();
            case Attempt.Request request -> request.port();
            case Attempt.Leak leak -> leak.request().port();
            case Attempt.Spend spend -> spend.request().port();
            case Attempt.Speak speak -> speak.port();
            case Attempt.Exec _, Attempt.Resolve _, Attempt.Tool _, Attempt.LocalConnect _, Attempt.Mount _ -> 0;
        };
    }
}
