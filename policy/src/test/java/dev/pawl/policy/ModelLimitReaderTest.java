package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.core.ModelLimit.Period;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelLimitReaderTest {
    private static final String COUNT =
            "; a number of %s by the run, hour, day or month is allowed, from 1, with k, M or G, such as %s/run";
    private static final String MONEY =
            "; an amount of US dollars by the run, hour, day or month is allowed, from 0.000001, such as 5 USD/run";

    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() {
        bench = Bench.in(temporary);
    }

    @Test
    void oneLimitOrSeveralOfEachMeasure() throws Exception {
        assertThat(model("{money: 5 USD/run, tokens: [2M/day, 500k/hour, 1G/month], calls: 200/hour}"))
                .containsExactly(
                        new ModelLimit(Measure.CALLS, 200, Period.HOUR),
                        new ModelLimit(Measure.TOKENS, 500_000, Period.HOUR),
                        new ModelLimit(Measure.TOKENS, 2_000_000, Period.DAY),
                        new ModelLimit(Measure.TOKENS, 1_000_000_000, Period.MONTH),
                        new ModelLimit(Measure.MONEY, 5_000_000, Period.RUN));
        assertThat(model("{money: [0.000001 USD/run, 12.5 USD/day]}"))
                .containsExactly(
                        new ModelLimit(Measure.MONEY, 1, Period.RUN),
                        new ModelLimit(Measure.MONEY, 12_500_000, Period.DAY));
        assertThat(model("{}")).isEmpty();
    }

    @Test
    void theTextOfACharterSaysThemAgain() throws Exception {
        var charter = bench.load(Bench.MINIMAL
                + "budget: {model: {tokens: [500000/hour, 2M/day], money: 2.50 USD/run, calls: 1/day}}\n");
        assertThat(CharterText.render(charter)).contains("""
                  model:
                    calls: 1/day
                    tokens: [500k/hour, 2M/day]
                    money: 2.5 USD/run
                """);
        assertThat(bench.load(CharterText.render(charter))).isEqualTo(charter);
    }

    @ParameterizedTest
    @CsvSource({
        "2000000",
        "2m/day",
        "2M",
        "0/day",
        "-1/day",
        "1.5M/day",
        "2M/week",
        "2M / day",
        "1000001G/day",
        "5 USD/day"
    })
    void whatIsNoNumberOfTokens(String written) {
        assertThat(problem("tokens", written)).isEqualTo(COUNT.formatted("tokens", "2M"));
        assertThat(problem("calls", written)).isEqualTo(COUNT.formatted("calls", "200"));
    }

    @ParameterizedTest
    @CsvSource({
        "5/run",
        "5USD/run",
        "5 EUR/run",
        "0 USD/run",
        "0.0000001 USD/run",
        "-5 USD/run",
        "5 USD",
        "5k USD/run",
        "9999999999 USD/run"
    })
    void whatIsNoMoney(String written) {
        assertThat(problem("money", written)).isEqualTo(MONEY);
    }

    @Test
    void aSecondLimitOverTheSameTimeIsAnError() {
        assertThat(bench.problems(Bench.MINIMAL + "budget: {model: {calls: [1/day, 2/day]}}"))
                .containsExactly("5:33: budget.model.calls[1] is a second limit a day; keep one");
        assertThat(bench.problems(Bench.MINIMAL + "budget: {model: {token: 1/day}}"))
                .containsExactly("5:18: unknown key \"token\" in budget.model; allowed: calls, tokens, money;"
                        + " did you mean \"tokens\"?");
    }

    @Test
    void anOrganisationLimitsAgentsOwnersAndAllTogether() throws Exception {
        organization("{agent: {tokens: 1M/day, calls: 9/run}, owner: {money: 50 USD/day},"
                + " organization: {money: 900 USD/month}}");
        PolicyBundle bundle = bench.bundle(Bench.MINIMAL + "budget: {model: {tokens: 500k/day, money: 1 USD/run}}\n");
        assertThat(bundle.charter().budget().model())
                .containsExactly(
                        new ModelLimit(Measure.CALLS, 9, Period.RUN),
                        new ModelLimit(Measure.TOKENS, 500_000, Period.DAY),
                        new ModelLimit(Measure.MONEY, 1_000_000, Period.RUN));
        assertThat(bundle.organization().limits().model().owner())
                .containsExactly(new ModelLimit(Measure.MONEY, 50_000_000, Period.DAY));
        assertThat(bundle.organization().limits().model().organization())
                .containsExactly(new ModelLimit(Measure.MONEY, 900_000_000, Period.MONTH));
        assertThat(bench.bundle(Bench.MINIMAL).charter().budget().model()).hasSize(2);
        assertThat(BundleLoader.builtIn(bench.surroundings()).charter().budget().model())
                .hasSize(2);
    }

    @Test
    void aCharterStaysWithinThem() throws Exception {
        organization("{agent: {tokens: 1M/day}}");
        assertThatThrownBy(() -> bench.bundle(Bench.MINIMAL + "budget: {model: {tokens: [2M/day, 9M/month]}}\n"))
                .hasMessageContaining("5:27: budget.model.tokens[0] is 2M/day; the organisation (")
                .hasMessageContaining(") allows at most 1M/day");
    }

    @Test
    void whatSeveralShareHasNoLimitARun() throws Exception {
        organization("{owner: {calls: 5/run}}");
        assertThatThrownBy(() -> bench.bundle(Bench.MINIMAL))
                .hasMessageContaining("limits.model.owner.calls is the text \"5/run\"; a number of calls by the")
                .hasMessageContaining("the hour, day or month is allowed, from 1, with k, M or G, such as 200/hour");
    }

    @Test
    void theAgentIsTold() throws Exception {
        assertThat(AgentText.render(bench.bundle(
                        Bench.MINIMAL + "budget: {model: {tokens: 2M/day, money: 5 USD/run, calls: 200/hour}}\n")))
                .contains("Of models you may use: 200 calls an hour, 2M tokens a day, 5 USD a run; what counts by");
    }

    private List<ModelLimit> model(String yaml) throws CharterException {
        return bench.load(Bench.MINIMAL + "budget: {model: " + yaml + "}\n")
                .budget()
                .model();
    }

    /** What is said of a value, after what it is. */
    private String problem(String key, String written) {
        List<String> problems = bench.problems(Bench.MINIMAL + "budget: {model: {" + key + ": " + written + "}}");
        assertThat(problems).hasSize(1);
        String problem = problems.getFirst();
        assertThat(problem).contains("budget.model." + key + " is ");
        return problem.substring(problem.indexOf("; "));
    }

    private void organization(String model) throws Exception {
        Files.createDirectories(bench.system());
        Files.writeString(
                bench.system().resolve("organization.yaml"), "organization: X\nlimits: {model: " + model + "}\n");
    }
}
