package dev.pawl.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
