package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.drill.rome.Acts;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.PolicyEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of boundaries in docs/boundaries.md is made from the boundaries. */
final class BoundariesDocumentTest {
    private static final Path DOCUMENT = Sources.ROOT.resolve("docs/boundaries.md");
    private static final String BEGIN = "<!-- generated: BoundariesDocumentTest -->\n";
    private static final String END = "<!-- end -->\n";

    @TempDir
    private Path directory;

    @Test
    void theTableIsTheBoundaries() throws Exception {
        Path home = directory.toRealPath();
        Path work = Files.createDirectory(home.resolve("work"));
        PolicyBundle bundle =
                BundleLoader.builtIn(new Surroundings(home, home.resolve(".pawl"), work, "ada", Map.of()));
        String table = BoundaryTable.render(
                bundle.boundaries(), PolicyEngine.of(bundle).rules(), Acts.all());
        String text = Sources.read(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        String should = text.substring(0, begin) + table + text.substring(text.indexOf(END));
        Path made = Sources.ROOT.resolve("cli/target/boundaries.md");
        Files.writeString(made, should);
        assertThat(text.equals(should)).as("copy %s to %s", made, DOCUMENT).isTrue();
    }
}
