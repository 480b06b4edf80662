package dev.pawl.sandbox.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramSetTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path given;

    private Path base = Path.of("");

    @BeforeEach
    void real() throws IOException {
        base = given.toRealPath();
    }

    @Test
    void aScriptBringsItsInterpretersAndTheirLoader() throws IOException {
        Path inner = script("inner", JAVA.resolve("bin/java").toString());
        Path outer = script("outer", inner + " --flag");
        List<Path> executable = set(outer).executable();
        assertThat(executable).contains(outer, inner, JAVA.resolve("bin/java").toRealPath());
        assertThat(executable).hasSize(4).anyMatch(path -> path.toString().contains("ld-"));
    }

    @Test
    void interpretersThatAreNotThereOrRelativeBringNothing() throws IOException {
        Path missing = script("missing", "/no/such/interpreter");
        Path relative = script("relative", "given");
        assertThat(set(missing, relative).executable()).containsExactlyInAnyOrder(missing, relative);
    }

    @Test
    void interpretersThatNameEachOtherEnd() throws IOException {
        Path one = script("one", base.resolve("two").toString());
        Path two = script("two", one.toString());
        assertThat(set(one).executable()).containsExactly(one, two);
    }

    @Test
    void nothingTheAgentMayWriteCanBeAProgramNorItsInterpreter() throws IOException {
        Path work = Files.createDirectory(base.resolve("work"));
        Path own = script("work/own", "/bin/sh");
        Path through = script("through", own.toString());
        Path link = Files.createSymbolicLink(base.resolve("link"), own);
        for (Path program : List.of(own, through, link)) {
            assertThatThrownBy(() -> ProgramSet.of(List.of(program), List.of(work), JAVA))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(own.toString())
                    .hasMessageContaining("another program in its place");
        }
    }

    @Test
    void linksAreFollowedAndTheOrderOfGrantsDoesNotMatter() throws IOException {
        Path one = script("one", "/x");
        Path two = script("two", "/x");
        Path link = Files.createSymbolicLink(base.resolve("link"), one);
        assertThat(set(two, link)).isEqualTo(set(one, two));
    }

    @Test
    void directoriesOfProgramsAreHidden() throws IOException {
        assertThat(set().hidden())
                .contains(Path.of("/usr/bin"), JAVA.resolve("bin").toRealPath())
                .allSatisfy(directory -> assertThat(directory).isDirectory());
    }

    private static ProgramSet set(Path... granted) throws IOException {
        return ProgramSet.of(List.of(granted), List.of(), JAVA);
    }

    private Path script(String name, String interpreter) throws IOException {
        return Files.writeString(base.resolve(name), "#!" + interpreter + "\n");
    }
}
