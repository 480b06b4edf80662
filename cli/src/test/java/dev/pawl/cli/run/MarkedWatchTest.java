package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.gateway.leak.LeakDesk;
import dev.pawl.gateway.leak.MarkedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marked files are known before the first request, and what changes becomes known. */
class MarkedWatchTest {
    @TempDir
    private Path workspace;

    private final LeakDesk desk = new LeakDesk();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private static String text(int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private MarkedWatch watch() {
        MarkedReader reader = new MarkedReader(workspace, List.of("secret.txt"));
        return MarkedWatch.start(reader, List.of(), desk, told::add, 10);
    }

    private boolean known(int seed) {
        return desk.firstBytes(text(seed).getBytes(StandardCharsets.US_ASCII)).isPresent();
    }

    @Test
    void readsAtStartAndWhenAFileChanges() throws Exception {
        Files.writeString(workspace.resolve("secret.txt"), text(1));
        try (MarkedWatch _ = watch()) {
            desk.awaitMarks();
            assertThat(known(1)).isTrue();
            assertThat(known(2)).isFalse();
            Files.writeString(workspace.resolve("new"), text(2) + "more");
            Files.move(workspace.resolve("new"), workspace.resolve("secret.txt"), StandardCopyOption.REPLACE_EXISTING);
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (!known(2) && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(known(2)).isTrue();
            assertThat(known(1)).as("what was marked stays so").isTrue();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void whereItIsNotKnownWhatIsMarkedNothingLeaves() {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        desk.waitFor(failed);
        failed.completeExceptionally(new IllegalStateException("unreadable"));
        assertThatThrownBy(desk::awaitMarks)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("marked");
    }
}
