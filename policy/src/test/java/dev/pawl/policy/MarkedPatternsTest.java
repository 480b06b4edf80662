package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Charter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code files.marked}. */
class MarkedPatternsTest {
    @TempDir
    Path directory;

    private Charter load(String marked) throws CharterException {
        return Bench.in(directory).load(Bench.MINIMAL + "files: {marked: " + marked + "}\n");
    }

    @Test
    void readsPatternsAndWritesThemAgain() throws Exception {
        Charter charter = load("[secret.txt, 'models/**', '**/*.pem']");
        assertThat(charter.files().marked()).isEqualTo(List.of("secret.txt", "models/**", "**/*.pem"));
        assertThat(Bench.in(directory).load(CharterText.render(charter))).isEqualTo(charter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/x", "~/x", "../x", "a/./b", "a//b", "a/", "'{a'", "''"})
    void refusesWhatIsNoPatternBelowTheWorkspace(String pattern) {
        assertThatThrownBy(() -> load("[" + pattern + "]"))
                .isInstanceOf(CharterException.class)
                .hasMessageContaining("pattern");
    }

    @Test
    void refusesTheSameTwice() {
        assertThatThrownBy(() -> load("[a, a]")).hasMessageContaining("a second time");
    }
}
