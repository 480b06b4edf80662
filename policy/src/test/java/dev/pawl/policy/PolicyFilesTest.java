package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFilesTest {
    @TempDir
    Path temporary;

    Path directory = Path.of("/");

    @BeforeEach
    void real() throws Exception {
        directory = temporary.toRealPath();
    }

    @Test
    void readsCedarFilesInTheOrderOfTheirNames() throws Exception {
        assertThat(PolicyFiles.read("conf/pawl.yaml", directory)).isEmpty();
        write("b.cedar", "// ü");
        write("a.cedar", "");
        write("readme.txt", "no");
        assertThat(PolicyFiles.read("conf/pawl.yaml", directory))
                .containsExactly(
                        new PolicyFile("conf/policies/a.cedar", ""), new PolicyFile("conf/policies/b.cedar", "// ü"));
        assertThat(PolicyFiles.read("pawl.yaml", directory).getFirst().source()).isEqualTo("policies/a.cedar");
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "x");
        Path policies = Files.createDirectory(directory.resolve("policies"));
        Path link = Files.createSymbolicLink(policies.resolve("a.cedar"), secret);
        refused("policies/a.cedar: is not a regular file; put the file itself here, links are not followed");
        Files.delete(link);
        Files.createDirectory(link);
        refused("policies/a.cedar: is not a regular file; put the file itself here, links are not followed");
        Files.delete(link);
        Files.move(policies, directory.resolve("elsewhere"));
        Files.createSymbolicLink(policies, Path.of("elsewhere"));
        refused("policies: is no directory, which is what policies are read from; links are not followed");
        Files.delete(policies);
        Files.createSymbolicLink(policies, Path.of("nowhere"));
        refused("policies: is no directory, which is what policies are read from; links are not followed");
        Files.delete(policies);
        Files.writeString(policies, "");
        refused("policies: is no directory, which is what policies are read from; links are not followed");
    }

    @Test
    void thereIsAnEndToThem() throws Exception {
        write("a.cedar", " ".repeat(PolicyFiles.MAX_BYTES));
        assertThat(PolicyFiles.read("pawl.yaml", directory)).hasSize(1);
        write("a.cedar", " ".repeat(PolicyFiles.MAX_BYTES + 1));
        refused("policies/a.cedar: is larger than 256 KiB, the most a policy file may have");
        write("a.cedar", "");
        for (int i = 1; i <= PolicyFiles.MOST_FILES; i++) {
            write("b" + i + ".cedar", "");
        }
        refused("policies: has 65 .cedar files; at most 64 are allowed");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws Exception {
        Path file = write("a.cedar", "");
        Files.write(file, new byte[] {'/', '/', (byte) 0xe9});
        refused("policies/a.cedar: is not UTF-8 text");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(
                Files.createDirectories(directory.resolve("policies")).resolve(name), text);
    }

    private void refused(String message) {
        assertThatThrownBy(() -> List.copyOf(PolicyFiles.read("pawl.yaml", directory)))
                .isInstanceOf(CharterException.class)
                .hasMessage(message);
    }
}
