package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Boundary;
import dev.pawl.core.SpokenProtocols;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.StandardBoundaries;
import dev.pawl.policy.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway may recognise is what a boundary may name, and nothing else. */
class SpokenNamesTest {
    @Test
    void aBoundaryMayNameWhateverIsRecognised(@TempDir Path home) throws Exception {
        Path charter = home.resolve("charter.yaml");
        Path work = Files.createDirectory(home.resolve("work"));
        Files.writeString(charter, """
                agent: speaker
                owner: {name: Somebody}
                purpose: names protocols
                workspace: work
                boundaries:
                  - id: no-talk
                    never: Speak
                    because: A test
                    protocols: [%s]
                    drill: [speak ssh box.example:22]
                """.formatted(String.join(", ", SpokenProtocols.NAMES)));
        PolicyBundle bundle =
                BundleLoader.load(charter, new Surroundings(home, home.resolve(".pawl"), work, "ada", Map.of(), home));
        assertThat(bundle.charter().boundaries())
                .filteredOn(boundary -> boundary.id().equals("no-talk"))
                .singleElement()
                .satisfies(
                        boundary -> assertThat(boundary.forbidden().protocols()).containsAll(SpokenProtocols.NAMES));
    }

    @Test
    void standardBoundariesForbidMiningAndTunnels() {
        assertThat(StandardBoundaries.all())
                .flatExtracting((Boundary boundary) -> boundary.forbidden().protocols())
                .contains("stratum", "chisel", "frp", "bore", "rathole", "wstunnel", "cloudflared", "shell", "socks");
    }
}
