package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathReaderTest {
    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() {
        bench = Bench.in(temporary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | is the root of the file system",
                "~ | is your home directory",
                "~/ | is your home directory",
                ".. | is your home directory",
                "../.. | contains your home directory",
                "~/.pawl | lies within Pawl's own state",
                "~/.pawl/runs | lies within Pawl's own state",
                "/etc | is a directory of the system",
                "/usr | is a directory of the system",
                "/proc/self | is a directory of the system",
            })
    void refusesWorkspacesThatWouldHandOverTooMuch(String workspace, String why) throws Exception {
        Files.createDirectories(bench.state().resolve("runs"));
        assertThat(bench.problems(Bench.MINIMAL + "workspace: " + workspace + "\n"))
                .singleElement()
                .asString()
                .startsWith("5:12: workspace /")
                .contains(" " + why);
    }

    @Test
    void refusesAWorkspaceAroundPawlsState() throws Exception {
        Path state = Files.createDirectories(bench.project().resolve("deep/state"));
        Surroundings surroundings = new Surroundings(bench.home(), state, bench.project(), "ada", Map.of());
        Path file = Files.writeString(bench.project().resolve("p.yaml"), Bench.MINIMAL);
        assertThat(problems(file, surroundings))
                .singleElement()
                .asString()
                .startsWith("1:1: the default workspace, the charter's directory, ")
                .contains("contains Pawl's own state");
    }

    @Test
    void stateThatIsReachedThroughALinkAndNotMadeYetIsStillRefused() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), bench.project());
        Path file = Files.writeString(bench.project().resolve("p.yaml"), Bench.MINIMAL);
        Surroundings surroundings =
                new Surroundings(bench.home(), link.resolve("later/state"), bench.project(), "ada", Map.of());
        assertThat(problems(file, surroundings)).singleElement().asString().contains("contains Pawl's own state");
    }

    @Test
    void theWorkspaceIsARealPathAndStartsAtTheCharter() throws Exception {
        Path other = Files.createDirectories(bench.home().resolve("other/sub"));
        Path link = Files.createSymbolicLink(temporary.resolve("alias"), other);
        assertThat(bench.load(Bench.MINIMAL + "workspace: " + link).workspace()).isEqualTo(other);
        assertThat(bench.load(Bench.MINIMAL + "workspace: ../other").workspace())
                .isEqualTo(other.getParent());
        Path file = Files.writeString(bench.home().resolve("other/p.yaml"), Bench.MINIMAL + "workspace: ./sub");
        assertThat(CharterLoader.load(file, bench.surroundings(), Organization.NONE)
                        .workspace())
                .isEqualTo(other);
    }

    @Test
    void aRelativeWorkspaceDoesNotLeaveThroughALink() throws Exception {
        Path other = Files.createDirectories(bench.home().resolve("other"));
        Files.createSymbolicLink(bench.project().resolve("sub"), other);
        assertThat(bench.problems(Bench.MINIMAL + "workspace: sub"))
                .containsExactly("5:12: workspace leaves the charter's directory through a symbolic link, to " + other
                        + "; write the real path if you mean it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"planted", "./planted", "a/../planted", "planted/inner", "~/project/planted", "ALIAS", "CHAIN"})
    void aLinkInTheWorkspaceDoesNotLeadAGrantOut(String written) throws Exception {
        Path secret = Files.createDirectories(bench.home().resolve("secret/inner"));
        Files.createDirectories(bench.project().resolve("a"));
        Path planted = Files.createSymbolicLink(bench.project().resolve("planted"), secret.getParent());
        Path alias = Files.createSymbolicLink(temporary.resolve("alias"), bench.project());
        Path chain = Files.createSymbolicLink(temporary.resolve("chain"), planted);
        String path =
                written.replace("ALIAS", alias.resolve("planted").toString()).replace("CHAIN", chain.toString());
        for (String kind : List.of("read", "write")) {
            assertThat(bench.problems(Bench.MINIMAL + "files:\n  " + kind + ": [\"" + path + "\"]"))
                    .singleElement()
                    .asString()
                    .startsWith("6:" + (kind.length() + 6) + ": files." + kind + "[0] leaves " + bench.project()
                            + " through a symbolic link, to " + bench.home().resolve("secret"));
        }
    }

    @Test
    void aLinkInAWrittenDirectoryDoesNotLeadAnotherGrantOut() throws Exception {
        Path secret = Files.createDirectories(bench.home().resolve("secret"));
        Path cache = Files.createDirectories(bench.home().resolve("cache"));
        Files.createSymbolicLink(cache.resolve("planted"), secret);
        assertThat(bench.problems(Bench.MINIMAL + "files: {write: [~/cache], read: [~/cache/planted]}"))
                .singleElement()
                .asString()
                .contains("files.read[0] leaves " + cache + " through a symbolic link");
    }

    @Test
    void linksThatStayInsideOrThatTheUserPlacedOutsideAreFollowed() throws Exception {
        Path inside = Files.createDirectories(bench.project().resolve("real"));
        Path outside = Files.createDirectories(bench.home().resolve("data/v2"));
        Files.createSymbolicLink(bench.project().resolve("near"), Path.of("real"));
        Files.createSymbolicLink(bench.home().resolve("data/now"), Path.of("v2"));
        assertThat(bench.load(Bench.MINIMAL + "files: {read: [near, ~/data/now]}")
                        .files()
                        .read())
                .containsExactly(inside, outside);
        assertThat(bench.load(Bench.MINIMAL + "files: {read: [../data/v2]}")
                        .files()
                        .read())
                .containsExactly(outside);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read: [~] | contains Pawl's own state",
                "read: [~/.pawl/runs] | lies within Pawl's own state",
                "write: [~/.pawl] | lies within Pawl's own state",
                "write: [~] | holds your home directory",
                "read: [/] | is the root of the file system",
                "read: [/dev/null] | is neither a directory nor a regular file",
                "write: [/sys] | belongs to the kernel",
            })
    void refusesGrantsThatHandOverTooMuch(String files, String why) throws Exception {
        Files.createDirectories(bench.state().resolve("runs"));
        assertThat(bench.problems(Bench.MINIMAL + "files:\n  " + files))
                .singleElement()
                .asString()
                .startsWith("6:")
                .contains("which " + why);
    }

    @Test
    void aPathIsGrantedOnce() throws Exception {
        Path data = Files.createDirectories(bench.home().resolve("data"));
        assertThat(bench.problems(Bench.MINIMAL + "files: {read: [~/data], write: [~/data/]}"))
                .containsExactly("5:33: files.write[0] names " + data + " a second time; once is enough");
    }

    @Test
    void linksThatGoRoundAreNoPath() throws IOException {
        Files.createSymbolicLink(bench.project().resolve("a"), Path.of("b"));
        Files.createSymbolicLink(bench.project().resolve("b"), Path.of("a"));
        assertThat(bench.problems(Bench.MINIMAL + "files: {read: [a]}"))
                .containsExactly("5:16: files.read[0] is \"a\", which does not exist or cannot be reached; an existing"
                        + " path is allowed");
    }

    private static List<String> problems(Path file, Surroundings surroundings) {
        try {
            CharterLoader.load(file, surroundings, Organization.NONE);
            return List.of();
        } catch (CharterException e) {
            return e.problems().stream()
                    .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
                    .toList();
        }
    }
}
