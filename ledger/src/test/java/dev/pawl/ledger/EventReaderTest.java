package dev.pawl.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {
    @TempDir
    Path directory;

    @Test
    void anUnfinishedLineIsReportedAndHandedOverOnceFinished() throws IOException {
        Path path = directory.resolve("events.jsonl");
        byte[] line = EventJson.encode(Appender.event("1"));
        Files.write(path, line);
        Files.write(path, List.of(new String(line, 0, 20, UTF_8)), StandardOpenOption.APPEND);
        Files.write(path, Arrays.copyOf(line, 30), StandardOpenOption.APPEND);
        List<EventJson.Line> lines = new ArrayList<>();
        try (EventReader reader = EventReader.open(path)) {
            reader.poll(lines::add);
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).isEqualTo(new EventJson.Decoded(Appender.event("1")));
            assertThat(lines.get(1)).isInstanceOf(EventJson.Unreadable.class);
            assertThat(reader.unfinished()).isEqualTo(30);

            Files.write(path, Arrays.copyOfRange(line, 30, line.length), StandardOpenOption.APPEND);
            reader.poll(lines::add);
            assertThat(lines).hasSize(3);
            assertThat(lines.get(2)).isEqualTo(lines.get(0));
            assertThat(reader.unfinished()).isZero();
        }
    }

    @Test
    void followsUntilNoMoreCanCome() throws Exception {
        Path path = directory.resolve("events.jsonl");
        AtomicBoolean done = new AtomicBoolean();
        BlockingQueue<EventJson.Line> lines = new LinkedBlockingQueue<>();
        try (EventFile file = EventFile.open(path);
                EventReader reader = EventReader.open(path)) {
            file.append(Appender.event("1"));
            Thread following = Thread.ofVirtual().start(() -> {
                try {
                    reader.follow(lines::add, done::get);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(lines.poll(10, TimeUnit.SECONDS)).isEqualTo(new EventJson.Decoded(Appender.event("1")));
            file.append(Appender.event("2"));
            assertThat(lines.poll(10, TimeUnit.SECONDS)).isEqualTo(new EventJson.Decoded(Appender.event("2")));
            file.append(Appender.event("3"));
            done.set(true);
            assertThat(following.join(Duration.ofSeconds(10))).isTrue();
            assertThat(lines.poll()).isEqualTo(new EventJson.Decoded(Appender.event("3")));
        }
    }

    @Test
    void readsOnlyTheLastLinesWhenAsked() throws IOException {
        Path path = directory.resolve("events.jsonl");
        int length = EventJson.encode(Appender.event("100")).length;
        try (EventFile file = EventFile.open(path)) {
            for (int i = 100; i < 600; i++) {
                file.append(Appender.event(String.valueOf(i)));
            }
        }
        assertThat(EventReader.last(path, length * 3 + 5))
                .containsExactly(
                        new EventJson.Decoded(Appender.event("597")),
                        new EventJson.Decoded(Appender.event("598")),
                        new EventJson.Decoded(Appender.event("599")));
        assertThat(EventReader.last(path, Integer.MAX_VALUE)).hasSize(500);
    }

    @Test
    void aLineTooLongForAnEventIsPassedOver() throws IOException {
        Path path = directory.resolve("events.jsonl");
        Files.writeString(path, "x".repeat(3 * JsonObject.MAX_BYTES) + "\n");
        Files.write(path, EventJson.encode(Appender.event("1")), StandardOpenOption.APPEND);
        List<EventJson.Line> lines = new ArrayList<>();
        try (EventReader reader = EventReader.open(path)) {
            reader.poll(lines::add);
        }
        assertThat(lines.get(0))
                .isEqualTo(new EventJson.Unreadable("a line of " + 3 * JsonObject.MAX_BYTES + " bytes"));
        assertThat(lines.get(1)).isEqualTo(new EventJson.Decoded(Appender.event("1")));
    }
}
