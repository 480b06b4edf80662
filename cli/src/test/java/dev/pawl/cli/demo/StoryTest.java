package dev.pawl.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoryTest {
    private static final String TEXT = """

            abc begin miner 1700000000.000001
            pool: yes
            def end miner 1700000000.000002

            abc end miner 1700000001.500000

            abc begin daemons 1700000002,000000
            abc end daemons 1700000003,000000
            abc done all 1700000004.250000
            """;

    @Test
    void marksCutTheTextIntoActs() {
        Story story = Story.parse(TEXT, "abc");
        assertThat(story.output("miner")).contains("pool: yes").contains("def end miner");
        assertThat(story.output("daemons")).isEmpty();
        assertThat(story.end("miner")).contains(Instant.ofEpochSecond(1700000001, 500_000_000));
        assertThat(story.end("daemons")).contains(Instant.ofEpochSecond(1700000003));
        assertThat(story.done()).contains(Instant.ofEpochSecond(1700000004, 250_000_000));
    }

    @Test
    void anyTextIsRead() {
        Random random = new Random(13);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(8); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            String text = new String(bytes, 0, random.nextInt(bytes.length), StandardCharsets.UTF_8);
            assertThatCode(() -> Story.parse(text, "abc")).doesNotThrowAnyException();
        }
    }
}
