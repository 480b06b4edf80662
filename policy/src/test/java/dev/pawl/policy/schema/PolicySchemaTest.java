package dev.pawl.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.policy.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the schema takes and refuses, and where the user's file is said to be wrong. */
final class PolicySchemaTest {
    private final PolicySchema schema = PolicySchema.open();

    PolicySchemaTest() throws IOException {}

    @Test
    void takesWhatTheSchemaHas() throws IOException {
        SchemaReport report = schema.check(List.of(
                new PolicyText("p1", "site.cedar", 1, 1, Optional.of(0), """
                        permit (principal == Agent::"fixer", action in Action::"network", resource is Host in Domain::"example.com");
                        """),
                new PolicyText("p2", "site.cedar", 1, 1, Optional.of(0), """
                        permit (principal in Organization::"Example", action == Action::"connect", resource is Address)
                        when { context.transport == "tcp" && context.port == 22 && resource.ip.isInRange(ip("10.0.0.0/8")) }
                        unless { resource has special && resource.special == "metadata" };
                        """),
                new PolicyText("p3", "site.cedar", 1, 1, Optional.of(0), """
                        forbid (principal, action == Action::"exec", resource in Path::"/usr/sbin")
                        when { context.arguments > 1 && context.argv has "1" && context.argv["1"] like "-*" };
                        """),
                new PolicyText("p4", "site.cedar", 1, 1, Optional.of(0), """
                        forbid (principal, action in Action::"files", resource in Zone::"production")
                        unless { principal.owner == "Ada" };
                        """),
                new PolicyText("p5", "site.cedar", 1, 1, Optional.of(0), """
                        forbid (principal, action == Action::"dial", resource)
                        when { !context.routed && context.host like "*.example.com" };
                        """),
                new PolicyText("p6", "site.cedar", 1, 1, Optional.of(0), """
                        @ask("it costs money") @protocol("tcp")
                        permit (principal, action in [Action::"resolve", Action::"connect"], resource is Host);
                        """)));
        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void saysWhatItDoesNotHaveAndWhere() throws IOException {
        assertThat(only(schema.check(
                                List.of(policy("forbid (principal, action == Action::\"connect\", resource)\nwhen {"
                                        + " resource.colour == 1 };")))
                        .errors()))
                .isEqualTo("site.cedar:11:8: rule r: attribute `colour` on entity type `Address` not found; did you"
                        + " mean `ip`? (and 1 more like it at this place)");
        assertThat(only(schema.check(List.of(policy("""
                                permit (principal, action == Action::"connect", resource) when { context.port == "443" };
                                """))).errors()))
                .startsWith("site.cedar:10:70: rule r: the types Long and String are not compatible; ");
        assertThat(schema.check(List.of(policy("""
                                permit (principal, action == Action::"fly", resource);
                                """))).errors())
                .extracting(Problem::toString)
                .anySatisfy(line ->
                        assertThat(line).startsWith("site.cedar:10:34: rule r: unrecognized action `Action::\"fly\"`"));
        assertThat(only(schema.check(List.of(policy("""
                                forbid (principal, action == Action::"exec", resource) when { context.argv["1"] == "-r" };
                                """))).errors()))
                .contains("site.cedar:10:67: rule r: unable to guarantee safety of access to optional attribute");
    }

    @Test
    void warnsOfWhatIsNeverTrue() throws IOException {
        SchemaReport report = schema.check(List.of(policy("""
                permit (principal, action == Action::"connect", resource) when { false };
                """)));
        assertThat(report.errors()).isEmpty();
        assertThat(only(report.warnings())).startsWith("site.cedar:10:5: rule r: policy is impossible");
    }

    @Test
    void countsColumnsInCharactersAndLinesInTheFile() throws IOException {
        PolicyText block = new PolicyText(
                "r",
                "pawl.yaml",
                7,
                9,
                Optional.of(8),
                "// äö𝔘\nforbid (principal, action == Action::\"resolve\", resource)\n  when { \"𝔘\" == \"x\" || context.type == 1 };");
        assertThat(only(schema.check(List.of(block)).errors())).startsWith("pawl.yaml:9:32: rule r: the types");
        PolicyText compiled = new PolicyText(
                "c", "pawl.yaml", 0, 0, Optional.empty(), "forbid (principal, action, resource == X::\"\");");
        assertThat(schema.check(List.of(compiled)).errors())
                .extracting(Problem::toString)
                .first()
                .asString()
                .startsWith("pawl.yaml: rule c: ");
    }

    @Test
    void onePolicyThatDoesNotParseHidesNoOther() throws IOException {
        SchemaReport report = schema.check(List.of(
                new PolicyText("a", "a.cedar", 1, 1, Optional.of(0), "permit (principal;"),
                new PolicyText(
                        "b",
                        "b.cedar",
                        1,
                        1,
                        Optional.of(0),
                        "permit (principal, action == Action::\"fly\", resource);")));
        assertThat(report.errors()).extracting(Problem::source).contains("a.cedar", "b.cedar");
        assertThat(report.errors().getFirst().toString()).startsWith("a.cedar:1:18: rule a: ");
    }

    @Test
    void idsAreUnique() {
        PolicyText twice = policy("permit (principal, action, resource);");
        assertThatThrownBy(() -> schema.check(List.of(twice, twice))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesNoFileBehind() throws IOException {
        PolicySchema.open();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("pawl-schema")))
                    .isEmpty();
        }
        assertThat(System.getProperty("jne.extract.dir")).isNull();
    }

    private static PolicyText policy(String text) {
        return new PolicyText("r", "site.cedar", 10, 5, Optional.of(0), text);
    }

    private static String only(List<Problem> problems) {
        assertThat(problems).hasSize(1);
        return problems.getFirst().toString();
    }
}
