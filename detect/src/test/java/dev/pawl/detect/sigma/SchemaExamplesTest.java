package dev.pawl.detect.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.detect.sigma.rule.Correlation;
import dev.pawl.detect.sigma.rule.RuleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the specification, as they are and with one thing wrong. */
final class SchemaExamplesTest {
    private static final String EXAMPLES = "sigma/specification/tests/schema";

    @Test
    void everyExampleIsValid() {
        List<RuleText> examples = Corpora.rules(EXAMPLES);
        assertThat(examples).hasSize(12);
        for (RuleText example : examples) {
            assertThat(RuleReader.read(example.name(), example.text()).problems())
                    .as(example.name())
                    .isEmpty();
        }
    }

    /** What is put wrong: a text that is replaced and what it becomes. */
    private record Mutation(String from, String to) {}

    private static final List<Mutation> EVERYWHERE = List.of(
            new Mutation("title: ", "titel: "),
            new Mutation("title: ", "title: 5 #"),
            new Mutation("title: ", "title: [a] #"),
            new Mutation("id: ", "id: not-a-uuid #"),
            new Mutation("status: ", "status: finished #"),
            new Mutation("level: ", "level: terrible #"),
            new Mutation("date: ", "date: 2017/05/09 #"),
            new Mutation("modified: ", "modified: yesterday #"),
            new Mutation("    - attack.t1211", "    - 'Attack T1211'"),
            new Mutation("    - attack.t1211", "    - attack.defense-evasion"),
            new Mutation("references:", "references: none\nmore:"),
            new Mutation("type: similar", "type: cousin"),
            new Mutation("logsource:", "logsources:"),
            new Mutation("    product: windows", "    product: [windows]"),
            new Mutation("detection:", "detections:"),
            new Mutation("    condition: selection", "    condition: selections"),
            new Mutation("    condition: selection", "    conditions: selection"),
            new Mutation("    condition: selection", "    condition: 5"),
            new Mutation("filter:\n", "filters:\n"),
            new Mutation("    rules:\n", "    rule:\n"),
            new Mutation("    type: ", "    type: magic #"),
            new Mutation("    timespan: ", "    timespan: soon #"),
            new Mutation("    timespan: ", "    timespans: "),
            new Mutation("    group-by:\n", "    groups:\n"),
            new Mutation("        gte: 100", "        gte: many"),
            new Mutation("        gte: 100", "        about: 100"),
            new Mutation("        field: ", "        fields: "));

    @Test
    void everyExampleWithOneThingWrongIsRefused() {
        List<String> used = new ArrayList<>();
        int refused = 0;
        for (RuleText example : Corpora.rules(EXAMPLES)) {
            for (Mutation mutation : EVERYWHERE) {
                if (example.text().contains(mutation.from())) {
                    String text = example.text().replaceFirst(Pattern.quote(mutation.from()), mutation.to());
                    assertThat(RuleReader.read(example.name(), text).problems())
                            .as("%s with %s", example.name(), mutation)
                            .isNotEmpty();
                    used.add(mutation.toString());
                    refused++;
                }
            }
        }
        assertThat(used).containsAll(EVERYWHERE.stream().map(Mutation::toString).toList());
        assertThat(refused).isGreaterThan(80);
    }

    @Test
    void anExampleThatIsCutOffNeverThrows() {
        for (RuleText example : Corpora.rules(EXAMPLES)) {
            for (int end = 0; end < example.text().length(); end++) {
                RuleReader.read(example.name(), example.text().substring(0, end));
            }
        }
    }

    @Test
    void problemsHaveTheirPlace() {
        String text =
                "title: t\nlogsource:\n    product: linux\ndetection:\n    sel:\n        A|explode: b\n    condition: sel\n";
        assertThat(RuleReader.read("x.yml", text).problems())
                .singleElement()
                .hasToString("x.yml:6:9: there is no modifier 'explode'");
    }

    @Test
    void aCorrelationOfRulesThatAreNotGivenIsValidAndNotInForce() {
        for (RuleText example : Corpora.rules(EXAMPLES + "/correlation")) {
            RuleSet rules = RuleSet.of(List.of(example));
            assertThat(rules.problems()).as(example.name()).isEmpty();
            assertThat(rules.unresolved()).as(example.name()).hasSize(1);
            assertThat(rules.documents()).as(example.name()).isEmpty();
        }
    }

    @Test
    void theExampleOfFailedLoginsIsReadAsAChain() {
        String specification = Corpora.text(
                Corpora.path("sigma/specification/specification/sigma-correlation-rules-specification.md"));
        int start = specification.indexOf("title: Correlation - Multiple Failed Logins");
        String text = specification.substring(start, specification.indexOf("```", start));
        RuleSet rules = RuleSet.of(List.of(new RuleText("chain.yml", text)));
        assertThat(rules.problems()).isEmpty();
        assertThat(rules.documents())
                .hasSize(4)
                .filteredOn(Correlation.class::isInstance)
                .hasSize(2);
    }
}
