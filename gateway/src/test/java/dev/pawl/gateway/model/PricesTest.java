package dev.pawl.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PricesTest {
    private final Prices prices = Prices.known();

    @Test
    void costsWhatTheListSays() {
        Usage million = new Usage(1_000_000, 0, 0, 1_000_000);
        assertThat(prices.micros(Wire.CHAT, "gpt-5-mini-2025-08-07", million)).contains(2_250_000L);
        assertThat(prices.micros(Wire.RESPONSES, "gpt-5-codex", million)).contains(11_250_000L);
        assertThat(prices.micros(Wire.MESSAGES, "claude-sonnet-4-5-20250929", new Usage(1_062, 1_000, 50, 44)))
                .contains((long) Math.ceil(12 * 3 + 1_000 * 0.3 + 50 * 3.75 + 44 * 15));
        assertThat(prices.micros(Wire.GENAI, "gemini-2.5-flash-lite", new Usage(1, 0, 0, 0)))
                .contains(1L);
    }

    @Test
    void whatIsNotInTheListIsUnknown() {
        for (String model :
                new String[] {"", "qwen3-coder", "o3-mini", "gpt-55", "gpt-5x", "claude-sonnet-4", "fake"}) {
            assertThat(prices.micros(Wire.CHAT, model, new Usage(1, 0, 0, 1)))
                    .as(model)
                    .isEmpty();
        }
    }
}
