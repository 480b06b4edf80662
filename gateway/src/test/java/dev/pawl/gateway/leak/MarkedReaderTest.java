package dev.pawl.gateway.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.gateway.leak.scan.Patterns;
import dev.pawl.gateway.leak.scan.Scanner;
import dev.pawl.gateway.leak.testing.FalseSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedReaderTest {
    @TempDir
    private Path workspace;

    private final Random random = new Random(1);

    private String write(String name) throws IOException {
        String content = FalseSecrets.text(random, "abcdefghijklmnopqrstuvwxyz {}();\n", 2000);
        Path file = workspace.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return content;
    }

    private static boolean marked(MarkedReader reader, String content) {
        Scanner scanner = new Scanner(new Patterns(List.of(), reader.files(), new byte[16]));
        byte[] bytes = content.substring(300, 700).getBytes(StandardCharsets.UTF_8);
        scanner.feed(bytes, 0, bytes.length);
        scanner.finish();
        return !scanner.clean();
    }

    @Test
    void patternsNameFilesDirectoriesAndEndings() throws IOException {
        String file = write("plan.txt");
        String inside = write("models/deep/weights.txt");
        String ending = write("a/b/key.pem");
        String top = write("top.pem");
        String other = write("src/main.c");
        MarkedReader reader = new MarkedReader(workspace, List.of("plan.txt", "models", "**/*.pem"));
        assertThat(reader.look()).isTrue();
        assertThat(List.of(file, inside, ending, top))
                .allSatisfy(content -> assertThat(marked(reader, content)).isTrue());
        assertThat(marked(reader, other)).isFalse();
        assertThat(reader.complete()).isTrue();
    }

    @Test
    void whatWasMarkedStaysSoAndWhatIsNewIsRead() throws IOException {
        String first = write("plan.txt");
        MarkedReader reader = new MarkedReader(workspace, List.of("plan.txt"));
        reader.look();
        assertThat(reader.look()).isFalse();
        Files.move(workspace.resolve("plan.txt"), workspace.resolve("other.txt"));
        String second = write("plan.txt");
        assertThat(reader.look()).isTrue();
        assertThat(marked(reader, first)).isTrue();
        assertThat(marked(reader, second)).isTrue();
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        String outside = write("out/secret.txt");
        Path inner = Files.createDirectory(workspace.resolve("ws"));
        Files.createSymbolicLink(inner.resolve("plan.txt"), workspace.resolve("out/secret.txt"));
        Files.createSymbolicLink(inner.resolve("models"), workspace.resolve("out"));
        MarkedReader reader = new MarkedReader(inner, List.of("plan.txt", "models"));
        assertThat(reader.look()).isFalse();
        assertThat(marked(reader, outside)).isFalse();
    }
}
