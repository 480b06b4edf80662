package dev.pawl.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.cli.run.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireTest {
    @Test
    void requestsArriveAsTheyWereSent() throws IOException {
        RunRequest bare = new RunRequest(Optional.empty(), false, List.of("true"), Path.of("/w"), Map.of());
        RunRequest full = new RunRequest(
                Optional.of(Path.of("/w/c.yaml")),
                true,
                List.of("sh", "-c", "ä\n", ""),
                Path.of("/w"),
                Map.of("A", "", "B", "x=y"));
        assertThat(Wire.decode(Wire.encode(bare))).isEqualTo(bare);
        assertThat(Wire.decode(Wire.encode(full))).isEqualTo(full);
    }
}
