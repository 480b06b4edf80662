package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Boundary;
import dev.pawl.core.Cidr;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardBoundariesTest {
    private static final List<String> IDS = List.of(
            "no-covert-channels",
            "no-unassigned-compute",
            "no-spending",
            "no-credential-hunting",
            "no-lateral-movement",
            "no-persistence",
            "no-self-replication",
            "no-oversight-tampering",
            "no-data-exfiltration",
            "no-external-messages",
            "no-production-change");

    @TempDir
    Path temporary;

    @Test
    void everyOneSaysWhatWhyAndWhatShowsIt() {
        List<Boundary> boundaries = StandardBoundaries.all();
        assertThat(boundaries).extracting(Boundary::id).isEqualTo(IDS);
        assertThat(boundaries).allSatisfy(boundary -> {
            assertThat(boundary.never()).isNotBlank();
            assertThat(boundary.because()).isNotBlank();
            assertThat(boundary.drill()).isNotEmpty();
            assertThat(boundary.demo()).isNotBlank();
        });
    }

    @Test
    void pathsBelowHomeAreThoseOfTheInvokingUser() {
        Bench bench = Bench.in(temporary);
        Boundary credentials = StandardBoundaries.all(bench.surroundings()).stream()
                .filter(boundary -> boundary.id().equals("no-credential-hunting"))
                .findFirst()
                .orElseThrow();
        assertThat(credentials.forbidden().read()).contains(bench.home().resolve(".ssh/id_ed25519"));
        assertThat(credentials.forbidden().networks()).contains(Cidr.parse("169.254.169.254"));
    }
}
