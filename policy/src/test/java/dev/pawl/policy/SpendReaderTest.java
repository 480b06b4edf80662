package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.Decision.Verdict;
import dev.pawl.core.Price;
import dev.pawl.core.Spending;
import dev.pawl.policy.engine.PolicyEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What charters say of calls that cost money, and what is decided by it. */
class SpendReaderTest {
    private static final String GRANTS = """
            network:
              allow:
                - {host: ask.example, inspect: true}
                - {host: deny.example, spend: deny}
                - {host: allow.example, spend: allow}
                - host: some.example
                  spend:
                    otherwise: deny
                    allow:
                      - {provider: aws, operation: RunInstances, most: 0.5 USD/hour}
                      - {provider: aws, operation: "Start*"}
                - {host: blind.example}
            """;

    @TempDir
    Path directory;

    private Charter load(String rest) throws Exception {
        Path home = directory.toRealPath();
        Path work = Files.createDirectories(home.resolve("work"));
        Path file = Files.writeString(home.resolve("charter.yaml"), """
                agent: payer
                owner: {name: Ada}
                purpose: pays
                workspace: %s
                """.formatted(work) + rest);
        return BundleLoader.load(file, new Surroundings(home, home.resolve(".pawl"), work, "ada", Map.of()))
                .charter();
    }

    @ParameterizedTest
    @CsvSource({
        "ask.example, RunInstances, 1, ASK, network.allow[0].spend",
        "deny.example, RunInstances, 1, DENY, default",
        "allow.example, RunInstances, , ALLOW, network.allow[2].spend",
        "some.example, RunInstances, 500000, ALLOW, network.allow[3].spend[0]",
        "some.example, RunInstances, 500001, DENY, default",
        "some.example, RunInstances, , DENY, default",
        "some.example, StartInstances, , ALLOW, network.allow[3].spend[1]",
        "some.example, PurchaseIt, 1, DENY, default",
        "blind.example, RunInstances, 1, DENY, default",
        "other.example, RunInstances, 1, DENY, default",
    })
    void decides(String host, String operation, Long micros, Verdict verdict, String rule) throws Exception {
        PolicyEngine engine = PolicyEngine.of(new PolicyBundle(load(GRANTS), Organization.NONE, List.of()));
        Optional<Price> price = Optional.ofNullable(micros).map(each -> new Price(each, "USD", Price.Per.HOUR));
        Decision decision = engine.decide(
                new Attempt.Spend(new Attempt.Request(host, 443, "POST", "/"), "aws", operation, "provision", price));
        assertThat(decision.verdict() + " " + decision.rule()).isEqualTo(verdict + " " + rule);
        if (verdict == Verdict.DENY) {
            assertThat(decision.boundary()).isEqualTo("no-spending");
        }
    }

    @Test
    void anotherCurrencyTimeOrProviderIsNotTheOneThatIsAllowed() throws Exception {
        PolicyEngine engine = PolicyEngine.of(new PolicyBundle(load(GRANTS), Organization.NONE, List.of()));
        Attempt.Request request = new Attempt.Request("some.example", 443, "POST", "/");
        for (Price price : List.of(new Price(1, "EUR", Price.Per.HOUR), new Price(1, "USD", Price.Per.ONCE))) {
            assertThat(engine.decide(new Attempt.Spend(request, "aws", "RunInstances", "provision", Optional.of(price)))
                            .verdict())
                    .isEqualTo(Verdict.DENY);
        }
        assertThat(engine.decide(new Attempt.Spend(request, "alibaba", "StartInstances", "provision", Optional.empty()))
                        .verdict())
                .isEqualTo(Verdict.DENY);
    }

    @Test
    void isWrittenAsItIsRead() throws Exception {
        Charter charter = load(GRANTS);
        assertThat(charter.network().allow().get(3).inspection().orElseThrow().spending())
                .isEqualTo(new Spending(
                        Spending.Otherwise.DENY,
                        List.of(
                                new Spending.Allowed(
                                        "network.allow[3].spend[0]",
                                        "aws",
                                        "RunInstances",
                                        Optional.of(new Price(500_000, "USD", Price.Per.HOUR))),
                                new Spending.Allowed("network.allow[3].spend[1]", "aws", "Start*", Optional.empty()))));
        Path again = Files.writeString(directory.resolve("again.yaml"), CharterText.render(charter));
        Path home = directory.toRealPath();
        Surroundings here = new Surroundings(home, home.resolve(".pawl"), home.resolve("work"), "ada", Map.of());
        assertThat(BundleLoader.load(again, here).charter().network()).isEqualTo(charter.network());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spend: asks|did you mean \"ask\"?",
                "spend: {otherwise: allow}|allowed: deny, ask",
                "spend: {allow: [{provider: amazon, operation: a}]}|allowed: aws",
                "spend: {allow: [{provider: aws}]}|has no operation",
                "spend: {allow: [{provider: aws, operation: a, most: 5}]}|is the number 5",
                "spend: {allow: [{provider: aws, operation: a, most: 5 dollars}]}|is no price",
                "spend: {allow: [{provider: aws, operation: a, most: 5 USD/week}]}|is no price",
                "spend: ask, inspect: false|stands beside inspect: false",
                "spend: ask, protocol: tcp|needs protocol tls or http",
            })
    void saysWhatIsWrong(String keys, String message) {
        assertThatThrownBy(() -> load("network: {allow: [{host: api.example.com, " + keys + "}]}"))
                .isInstanceOf(CharterException.class)
                .hasMessageContaining(message);
    }
}
