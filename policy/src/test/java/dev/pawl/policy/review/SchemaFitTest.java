package dev.pawl.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.policy.Bench;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.PolicyEngine;
import dev.pawl.policy.schema.BundleTexts;
import dev.pawl.policy.schema.PolicySchema;
import dev.pawl.policy.schema.SchemaReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a charter is compiled to, the schema takes. */
final class SchemaFitTest {
    private final PolicySchema schema = PolicySchema.open();

    SchemaFitTest() throws IOException {}

    @Test
    void everyRuleOfRandomChartersFits() throws CharterException, IOException {
        RandomCharters charters = new RandomCharters(11);
        int rules = 0;
        for (int i = 0; i < 300; i++) {
            PolicyBundle bundle = charters.bundle(charters.organization());
            rules += fits(bundle);
        }
        assertThat(rules).isGreaterThan(3000);
    }

    @Test
    void oddTextFits(@TempDir Path temporary) throws CharterException, IOException {
        Bench bench = Bench.in(temporary);
        Path odd = Files.createDirectories(bench.project().resolve("a \"b\" \\c *d ${e} äö"));
        assertThat(fits(bench.bundle("""
                        agent: a.b_c-d
                        owner: {name: "Ada \\"x\\" \\\\ ü"}
                        purpose: "Quotes \\" and 𝔘"
                        workspace: .
                        files: {read: ['%s']}
                        commands: [{program: env, arguments: ['a"b\\* *', "\\\\ ${x} ü", ""]}]
                        network: {allow: [{host: bücher.example}], addresses: [{cidr: "2001:db8::/33", port: 1}]}
                        boundaries:
                          - {id: odd, never: "Do \\"it\\"", because: "\\\\n", hosts: ["*.x.example"], paths: {write: ['%s']}}
                        """.formatted(odd, odd)))).isGreaterThan(10);
    }

    private int fits(PolicyBundle bundle) throws CharterException, IOException {
        PolicyEngine engine = PolicyEngine.of(bundle);
        SchemaReport report = schema.check(BundleTexts.of(bundle, engine.rules(), "", ""));
        assertThat(report.errors()).as(bundle.toString()).isEmpty();
        assertThat(report.warnings()).as(bundle.toString()).isEmpty();
        return engine.rules().size();
    }
}
