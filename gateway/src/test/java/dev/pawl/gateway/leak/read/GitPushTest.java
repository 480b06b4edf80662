package dev.pawl.gateway.leak.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Patterns;
import dev.pawl.gateway.leak.testing.FalseSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packs that git itself makes. */
@Timeout(60)
class GitPushTest {
    private static final Patterns PATTERNS = new Patterns(List.of(), MarkedFiles.none(), new byte[16]);
    private final Random random = new Random(5);

    @TempDir
    private Path repository;

    @BeforeEach
    void git() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "/usr/bin/git is missing");
        git("init", "-q");
    }

    private byte[] git(String... words) throws IOException, InterruptedException {
        return git(new byte[0], words);
    }

    private byte[] git(byte[] input, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "gc.auto=0"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(repository.toFile());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", repository.toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        process.getOutputStream().write(input);
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(String.join(" ", words)).isZero();
        return output;
    }

    private void commit(String content, String message) throws Exception {
        Files.writeString(repository.resolve("file.txt"), content);
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    private byte[] push(String command, String... revisions) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(String.format("%04x%s", command.length() + 4, command).getBytes(StandardCharsets.ISO_8859_1));
        body.write("0000".getBytes(StandardCharsets.ISO_8859_1));
        byte[] list = (String.join("\n", revisions) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        body.write(git(list, "pack-objects", "--revs", "--stdout", "--thin", "--delta-base-offset", "-q"));
        return body.toByteArray();
    }

    private static List<String> leaks(byte[] bytes, int piece) throws Unreadable {
        Found found = new Found(finding -> false);
        try (Body body = new Body(PATTERNS, found, "body", Body.Kind.GIT_PUSH, List.of())) {
            for (int at = 0; at < bytes.length; at += piece) {
                body.feed(bytes, at, Math.min(piece, bytes.length - at));
                assertThat(body.held()).isBetween(0L, (long) at + piece);
            }
            body.finish();
        }
        return found.all().stream()
                .map(leak -> leak.finding().kind() + " in " + leak.place())
                .toList();
    }

    private static final String COMMAND =
            "0".repeat(40) + " " + "a".repeat(40) + " refs/heads/main\0 report-status side-band-64k";

    @Test
    void inBlobsCommitsTagsNamesAndCommands() throws Exception {
        String token = FalseSecrets.one("stripe-key", random);
        commit("nothing to see\n".repeat(50), "first");
        assertThat(leaks(push(COMMAND, "HEAD"), 7)).isEmpty();
        commit("nothing to see\n".repeat(50) + "k: " + token + "\n", "second");
        for (int piece : new int[] {1, 100, 1 << 20}) {
            assertThat(leaks(push(COMMAND, "HEAD"), piece)).containsExactly("stripe-key in git blob");
        }
        commit("other\n", "says " + token + " here");
        assertThat(leaks(push(COMMAND, "HEAD", "^HEAD~1"), 50)).containsExactly("stripe-key in git commit");
        git("tag", "-a", "-m", "has " + token, "t1");
        assertThat(leaks(push(COMMAND, "t1", "^HEAD"), 50)).containsExactly("stripe-key in git tag");
        Files.writeString(repository.resolve(token), "x");
        commit("third\n", "third");
        assertThat(leaks(push(COMMAND, "HEAD", "^HEAD~1"), 50)).containsExactly("stripe-key in git tree");
        assertThat(leaks(push(COMMAND.replace("main", token), "HEAD", "^HEAD~1"), 50))
                .contains("stripe-key in git command");
    }

    @Test
    void inWhatADifferenceAdds() throws Exception {
        StringBuilder long1 = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            long1.append(FalseSecrets.text(random, "abcdefgh ", 40)).append('\n');
        }
        commit(long1.toString(), "first");
        String token = FalseSecrets.one("npm-token", random);
        long1.insert(30_000, "//registry/:_x=" + token + "\n");
        commit(long1.toString(), "second");
        byte[] push = push(COMMAND, "HEAD", "^HEAD~1");
        assertThat(push.length).as("git sent a difference").isLessThan(5000);
        assertThat(leaks(push, 30)).containsExactly("npm-token in git object");
    }

    @Test
    void inRepositoriesWithLongNames() throws Exception {
        String token = FalseSecrets.one("stripe-key", random);
        try (var tree = Files.walk(repository.resolve(".git"))) {
            tree.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
        git("init", "-q", "--object-format=sha256");
        commit("x " + token, "first");
        assertThat(leaks(push(COMMAND + " object-format=sha256", "HEAD"), 30))
                .containsExactly("stripe-key in git blob");
    }

    @Test
    void damagedPushesAreRefused() throws Exception {
        commit("words and words\n".repeat(100), "first");
        byte[] push = push(COMMAND, "HEAD");
        assertThatThrownBy(() -> leaks(Arrays.copyOf(push, push.length - 3), 100))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> leaks(Arrays.copyOf(push, push.length + 3), 100))
                .isInstanceOf(Unreadable.class);
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            byte[] damaged = push.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                leaks(damaged, 1 + random.nextInt(200));
            } catch (Unreadable expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    @Test
    void deletingABranchSendsNoPack() throws Exception {
        byte[] body =
                (String.format("%04x%s", COMMAND.length() + 4, COMMAND) + "0000").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(leaks(body, 3)).isEmpty();
    }
}
