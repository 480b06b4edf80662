package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRequestTest {
    private static RunRequest parse(String... words) {
        return RunRequest.parse(List.of(words), Path.of("/here"), Map.of());
    }

    @Test
    void optionsEndAtTheCommand() {
        RunRequest request = parse("--charter", "c.yaml", "-q", "--", "agent", "--charter", "theirs");
        assertThat(request.charter()).contains(Path.of("/here/c.yaml"));
        assertThat(request.quiet()).isTrue();
        assertThat(request.command()).containsExactly("agent", "--charter", "theirs");
        assertThat(parse("agent", "-q").command()).containsExactly("agent", "-q");
        assertThat(parse("--charter=/c.yaml", "agent").charter()).contains(Path.of("/c.yaml"));
    }

    @Test
    void mistakesSayWhatToWrite() {
        assertThatThrownBy(() -> parse("--chrter", "x", "--", "agent")).hasMessageContaining("--charter FILE");
        assertThatThrownBy(() -> parse("--charter")).hasMessageContaining("needs a file");
        assertThatThrownBy(() -> parse("--")).hasMessageContaining("what should run?");
        assertThatThrownBy(RunRequestTest::parse).hasMessageContaining("what should run?");
    }
}
