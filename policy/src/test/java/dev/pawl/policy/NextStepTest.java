package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextStepTest {
    private static final Attempt NAMED = Attempts.named("api.example.com", 443);

    @Test
    void namesTheLineAndTheOwnerWhoMayAddIt() {
        assertThat(next(NAMED, "default", "no-covert-channels"))
                .isEqualTo(
                        "go on without it, or ask Ada to add to the charter: network.allow: [{host: api.example.com}]");
        assertThat(next(Attempts.exec("/usr/bin/git", "log", "#", "b"), "default", null))
                .endsWith("commands: [{program: /usr/bin/git, arguments: [\"log # b\"]}]");
        assertThat(next(new Attempt.Request("api.example.com", 443, "GET", "/secret"), "default", null))
                .endsWith("network.allow: [{host: api.example.com, requests: [GET /secret]}]");
    }

    @Test
    void whatABoundaryForbidsIsNotAskedFor() {
        assertThat(next(NAMED, "no-crm.hosts", "no-crm"))
                .startsWith("no line can grant this: the boundary no-crm forbids it")
                .endsWith("Do not look for another way; go on without it and say so.")
                .doesNotContain("ask Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "budget.egress",
                "gateway-closed",
                "unresolved",
                "protocol-mismatch",
                "first-bytes-late",
                "malformed-name",
                "too-many-flows",
                "udp",
                "policy-error",
                "not-ready",
                "refused",
                "ask.expired",
                "ask.limit",
                "ask.changed",
                "a rule of somebody's own"
            })
    void everyRuleHasWords(String rule) {
        for (Optional<Attempt> attempt : java.util.List.of(Optional.<Attempt>empty(), Optional.of(NAMED))) {
            assertThat(NextStep.of(attempt, Decision.deny(rule, null, "so"), "Ada"))
                    .isNotBlank()
                    .endsWith(".")
                    .doesNotContain("\n");
        }
    }

    @Test
    void aProtocolIsChangedInTheGrantThatIsThere() {
        Decision mismatch =
                new Decision(Decision.Verdict.DENY, "protocol-mismatch", "no-covert-channels", "so", "gateway");
        assertThat(NextStep.remedy(NAMED, mismatch))
                .hasValueSatisfying(
                        remedy -> assertThat(remedy).startsWith("it is granted: set the protocol of that grant"));
    }

    private static String next(Attempt attempt, String rule, @org.jspecify.annotations.Nullable String boundary) {
        return NextStep.of(Optional.of(attempt), Decision.deny(rule, boundary, "so"), "Ada");
    }
}
