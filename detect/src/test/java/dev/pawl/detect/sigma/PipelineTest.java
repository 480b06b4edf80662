package dev.pawl.detect.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.pipeline.Pipeline;
import dev.pawl.detect.sigma.pipeline.PipelineReader;
import dev.pawl.detect.sigma.rule.LogSource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pipelines in pySigma's form, and filters. */
final class PipelineTest {
    private static final LogSource LINUX = new LogSource("process_creation", "linux", null);

    private static Pipeline pipeline(String transformations) {
        String text = "name: test\nvars:\n  Admins: [root, 'adm*']\ntransformations:\n" + transformations.indent(2);
        return switch (PipelineReader.read("pipeline.yml", text)) {
            case PipelineReader.Read(Pipeline read) -> read;
            case PipelineReader.Unreadable(var problem) -> throw new AssertionError(problem);
        };
    }

    private static String rule(String line) {
        return "title: t\nid: 11111111-1111-4111-8111-111111111111\nlogsource: {category: process_creation, product: linux}\n"
                + "detection:\n    sel:\n        " + line + "\n    condition: sel\n";
    }

    private static boolean matches(Pipeline pipeline, String rule, String... fields) {
        return matches(List.of(new RuleText("r.yml", rule)), pipeline, LINUX, fields);
    }

    private static boolean matches(List<RuleText> texts, Pipeline pipeline, LogSource source, String... fields) {
        RuleSet rules = RuleSet.of(texts, pipeline);
        assertThat(rules.problems()).isEmpty();
        LogEvent.Builder event = LogEvent.of(source, "e", Instant.EPOCH);
        for (int i = 0; i < fields.length; i += 2) {
            event.with(fields[i], fields[i + 1]);
        }
        return !rules.detector().feed(event.build()).isEmpty();
    }

    @Test
    void fieldsGetOtherNames() {
        Pipeline one = pipeline("- {type: field_name_mapping, mapping: {Image: exe}}");
        assertThat(matches(one, rule("Image: x"), "exe", "x")).isTrue();
        assertThat(matches(one, rule("Image: x"), "Image", "x")).isFalse();
        Pipeline two = pipeline("- {type: field_name_mapping, mapping: {Image: [exe, path]}}");
        assertThat(matches(two, rule("Image: x"), "path", "x")).isTrue();
        assertThat(matches(two, rule("Image|neq: x"), "path", "x", "exe", "y")).isFalse();
        assertThat(matches(
                        pipeline("- {type: field_name_prefix_mapping, mapping: {win.: w_}}"),
                        rule("win.a: x"),
                        "w_a",
                        "x"))
                .isTrue();
        assertThat(matches(pipeline("- {type: field_name_prefix, prefix: p.}"), rule("a: x"), "p.a", "x"))
                .isTrue();
        assertThat(matches(pipeline("- {type: field_name_suffix, suffix: .s}"), rule("a: x"), "a.s", "x"))
                .isTrue();
        assertThat(matches(one, rule("Other|fieldref: Image"), "exe", "x", "Other", "x"))
                .isTrue();
    }

    @Test
    void conditionsChooseRulesAndFields() {
        String mapping = "- type: field_name_mapping\n  mapping: {a: b, c: d}\n";
        assertThat(matches(
                        pipeline(mapping + "  rule_conditions: [{type: logsource, product: windows}]"),
                        rule("a: x"),
                        "a",
                        "x"))
                .isTrue();
        assertThat(matches(
                        pipeline(mapping
                                + "  rule_conditions: [{type: logsource, product: windows}]\n  rule_cond_not: true"),
                        rule("a: x"),
                        "b",
                        "x"))
                .isTrue();
        assertThat(matches(
                        pipeline(
                                mapping
                                        + "  rule_cond_op: or\n  rule_conditions: [{type: logsource, product: windows}, {type: logsource, product: linux}]"),
                        rule("a: x"),
                        "b",
                        "x"))
                .isTrue();
        assertThat(matches(
                        pipeline(mapping + "  field_name_conditions: [{type: exclude_fields, fields: [a]}]"),
                        rule("a: x"),
                        "a",
                        "x"))
                .isTrue();
        assertThat(matches(
                        pipeline(mapping + "  field_name_conditions: [{type: include_fields, fields: [a]}]"),
                        rule("a: x"),
                        "b",
                        "x"))
                .isTrue();
        assertThat(matches(
                        pipeline(mapping + "  detection_item_conditions: [{type: match_string, pattern: '^y'}]"),
                        rule("a: x"),
                        "a",
                        "x"))
                .isTrue();
    }

    @Test
    void valuesConditionsAndSourcesChange() {
        assertThat(matches(
                        pipeline("- {type: replace_string, regex: '^C:', replacement: ''}"),
                        rule("a: 'C:x'"),
                        "a",
                        "x"))
                .isTrue();
        assertThat(matches(pipeline("- {type: map_string, mapping: {x: [y, z]}}"), rule("a: x"), "a", "z"))
                .isTrue();
        Pipeline added = pipeline("- {type: add_condition, conditions: {EventID: 1}}");
        assertThat(matches(added, rule("a: x"), "a", "x")).isFalse();
        assertThat(matches(added, rule("a: x"), "a", "x", "EventID", "1")).isTrue();
        Pipeline negated = pipeline("- {type: add_condition, negated: true, conditions: {EventID: 1}}");
        assertThat(matches(negated, rule("a: x"), "a", "x", "EventID", "1")).isFalse();
        Pipeline moved = pipeline("- {type: change_logsource, product: linux, service: auditd}");
        assertThat(matches(
                        List.of(new RuleText("r", rule("a: x"))),
                        moved,
                        new LogSource(null, "linux", "auditd"),
                        "a",
                        "x"))
                .isTrue();
    }

    @Test
    void placeholdersGetValuesOrTheRuleIsRefused() {
        Pipeline values = pipeline("- type: value_placeholders");
        assertThat(matches(values, rule("User|expand: '%Admins%'"), "User", "administrator"))
                .isTrue();
        assertThat(matches(values, rule("User|expand: 'x-%Admins%-y'"), "User", "x-root-y"))
                .isTrue();
        assertThat(matches(values, rule("User|expand: '50\\%%Admins%'"), "User", "50%root"))
                .isTrue();
        assertThat(matches(values, rule("User: '%Admins%'"), "User", "%Admins%"))
                .isTrue();
        assertThat(matches(pipeline("- type: wildcard_placeholders"), rule("User|expand: 'a%x%b'"), "User", "a--b"))
                .isTrue();
        RuleSet refused = RuleSet.of(List.of(new RuleText("r", rule("User|expand: '%Nobody%'"))), values);
        assertThat(refused.problems()).singleElement().asString().contains("%Nobody%");
    }

    @Test
    void aStepCanRefuseARule() {
        Pipeline refusing = pipeline("- {type: rule_failure, message: not here}");
        assertThat(RuleSet.of(List.of(new RuleText("r", rule("a: x"))), refusing)
                        .problems())
                .singleElement()
                .asString()
                .contains("not here");
        Pipeline dropping = pipeline("- {type: drop_detection_item}");
        assertThat(RuleSet.of(List.of(new RuleText("r", rule("a: x"))), dropping)
                        .problems())
                .isNotEmpty();
    }

    @Test
    void whatIsNotKnownIsRefusedWithItsPlace() {
        for (String bad : List.of(
                "- {type: magic}",
                "- {type: field_name_mapping}",
                "- {mapping: {}}",
                "- {type: replace_string, regex: '(', replacement: x}",
                "- {type: field_name_prefix, prefix: x, rule_conditions: [{type: magic}]}",
                "- word")) {
            PipelineReader.Reading reading = PipelineReader.read("p.yml", "transformations:\n" + bad.indent(2));
            assertThat(reading).as(bad).isInstanceOf(PipelineReader.Unreadable.class);
        }
        assertThat(PipelineReader.read("p.yml", "transformations:\n  - {type: magic}\n"))
                .hasToString("Unreadable[problem=p.yml:2:5: the transformation 'magic' is not known]");
    }

    @Test
    void bothWaysOfWritingAFilterSuppress() {
        String filter = """
            title: f
            logsource: {product: linux}
            filter:
                rules: [11111111-1111-4111-8111-111111111111]
                selection: {User|startswith: adm_}
                condition: %s
            """;
        for (String condition : List.of("selection", "not selection")) {
            List<RuleText> texts =
                    List.of(new RuleText("r", rule("a: x")), new RuleText("f", filter.formatted(condition)));
            assertThat(matches(texts, Pipeline.NONE, LINUX, "a", "x", "User", "bob"))
                    .as(condition)
                    .isTrue();
            assertThat(matches(texts, Pipeline.NONE, LINUX, "a", "x", "User", "adm_bob"))
                    .as(condition)
                    .isFalse();
        }
        List<RuleText> other = List.of(
                new RuleText("r", rule("a: x")),
                new RuleText("f", filter.formatted("selection").replace("product: linux", "product: windows")));
        assertThat(matches(other, Pipeline.NONE, LINUX, "a", "x", "User", "adm_bob"))
                .isTrue();
    }
}
