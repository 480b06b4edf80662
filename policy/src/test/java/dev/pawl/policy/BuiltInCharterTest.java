package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInCharterTest {
    @TempDir
    Path temporary;

    @Test
    void grantsTheDirectoryAndNothingElse() throws Exception {
        Bench bench = Bench.in(temporary);
        Path directory = Files.createDirectories(bench.home().resolve("My Project"));
        Charter charter = BuiltInCharter.of(bench.at(directory), Organization.NONE);
        assertThat(charter)
                .isEqualTo(new Charter(
                        "my-project",
                        new Charter.Owner("ada", List.of()),
                        "No charter was given; the built-in one allows the current directory and no network.",
                        directory,
                        new Charter.FileGrants(List.of(), List.of()),
                        NetworkReader.NOTHING,
                        Optional.empty(),
                        new Charter.Environment(List.of(), Map.of()),
                        Budget.DEFAULT,
                        List.of(),
                        List.of(),
                        "built-in"));
    }

    @Test
    void refusesTheHomeDirectoryAndSaysWhatToDo() {
        Bench bench = Bench.in(temporary);
        assertThatThrownBy(() -> BuiltInCharter.of(bench.at(bench.home()), Organization.NONE))
                .isInstanceOf(CharterException.class)
                .hasMessage("built-in: the current directory " + bench.home()
                        + " is your home directory; change into a project directory, or write a charter that names a"
                        + " workspace");
        for (Path directory : List.of(
                Path.of("/"), Path.of("/etc"), bench.state(), bench.home().resolve("gone"))) {
            assertThatThrownBy(() -> BuiltInCharter.of(bench.at(directory), Organization.NONE))
                    .isInstanceOf(CharterException.class)
                    .hasMessageContaining("change into a project directory");
        }
    }

    @Test
    void needsAnOwner() {
        Bench bench = Bench.in(temporary);
        Surroundings nobody = new Surroundings(bench.home(), bench.state(), bench.project(), " ", Map.of());
        assertThatThrownBy(() -> BuiltInCharter.of(nobody, Organization.NONE))
                .isInstanceOf(CharterException.class)
                .hasMessageContaining("an agent without an owner does not start");
    }

    @ParameterizedTest
    @CsvSource({
        "Repo Fixer, repo-fixer",
        "..git, git",
        "ÄÖ, agent",
        "___, agent",
        "a--b-, a--b-",
        "v1.2_x, v1.2_x",
        "2024, 2024"
    })
    void makesAnAgentNameOfAnyDirectoryName(String directory, String agent) {
        assertThat(BuiltInCharter.sanitised(directory).replaceAll("-+$", "")).isEqualTo(agent.replaceAll("-+$", ""));
        assertThat(BuiltInCharter.sanitised(directory)).matches(CharterReader.AGENT_NAME);
        assertThat(BuiltInCharter.sanitised(directory.repeat(30))).matches(CharterReader.AGENT_NAME);
    }
}
