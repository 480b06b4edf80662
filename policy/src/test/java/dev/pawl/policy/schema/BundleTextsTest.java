package dev.pawl.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.policy.Bench;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Problem;
import dev.pawl.policy.engine.PolicyEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the schema refuses is said to be where its author wrote it. */
final class BundleTextsTest {
    private static final String CHARTER = "agent: fixer\nowner: {name: Ada}\npurpose: Fix\nworkspace: work\n";

    @TempDir
    private Path temporary;

    private Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() throws IOException {
        bench = Bench.in(temporary);
        Files.createDirectories(bench.project().resolve("work"));
        Files.createDirectories(bench.project().resolve("policies"));
        Files.createDirectories(bench.system().resolve("policies"));
    }

    @Test
    void inAFileOfPolicies() throws CharterException, IOException {
        Files.writeString(bench.project().resolve("policies/site.cedar"), """
                // Two; this is no third: forbid (principal, action, resource);
                @because("a ; in a text, and \\"quotes\\"") forbid (principal, action == Action::"exec", resource)
                  when { context.argv has "1" && context.argv["1"] == ";" };  permit (principal, action == Action::"resolve", resource)
                when { resource.size > 1 };
                """);
        assertThat(errors(CHARTER))
                .containsExactly("policies/site.cedar:4:8: rule policies/site.cedar:1: attribute `size` on entity type"
                        + " `Host` not found; did you mean `name`?");
    }

    @Test
    void inABoundaryOfACharter() throws CharterException, IOException {
        String boundaries = """
                boundaries:
                  - {id: fine, never: Do it, because: No, ports: [1]}
                  - id: odd
                    never: Do it
                    because: No
                    cedar: |

                      // first
                      forbid (principal, action == Action::"connect", resource)
                      when { context.host == "x" };
                """;
        assertThat(errors(CHARTER + boundaries))
                .containsExactly("pawl.yaml:14:14: rule odd.cedar[0]: attribute `host` in context for"
                        + " Action::\"connect\" not found; did you mean `port`?");
    }

    @Test
    void inQuotesTheBoundaryIsThePlace() throws CharterException, IOException {
        String boundaries = """
                boundaries:
                  - id: odd
                    never: Do it
                    because: No
                    cedar: "forbid (principal, action == Action::\\"resolve\\", resource)\\nwhen { context.type == 1 };"
                """;
        assertThat(errors(CHARTER + boundaries))
                .singleElement()
                .asString()
                .startsWith("pawl.yaml:9:12: rule odd.cedar[0]: the types");
    }

    @Test
    void inTheOrganisation() throws CharterException, IOException {
        Path file = Files.writeString(bench.system().resolve("organization.yaml"), """
                organization: Example
                boundaries:
                  add:
                    - id: odd
                      never: Do it
                      because: No
                      cedar: |
                        forbid (principal, action == Action::"resolve", resource) when { context.type == 1 };
                """);
        Files.writeString(
                bench.system().resolve("policies/all.cedar"), "\n  forbid (principal is User, action, resource);");
        assertThat(errors(CHARTER))
                .satisfiesExactly(
                        text -> assertThat(text)
                                .startsWith(bench.system() + "/policies/all.cedar:2:3: rule ")
                                .contains("unable to find an applicable action"),
                        text -> assertThat(text)
                                .startsWith(bench.system() + "/policies/all.cedar:2:24: rule ")
                                .contains("unrecognized entity type `User`"),
                        text -> assertThat(text).startsWith(file + ":8:74: rule odd.cedar[0]: the types"));
    }

    private List<String> errors(String charter) throws CharterException, IOException {
        PolicyBundle bundle = bench.bundle(charter);
        Path organization = bench.system().resolve("organization.yaml");
        return PolicySchema.open()
                .check(BundleTexts.of(
                        bundle,
                        PolicyEngine.of(bundle).rules(),
                        charter,
                        Files.exists(organization) ? Files.readString(organization) : ""))
                .errors()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
