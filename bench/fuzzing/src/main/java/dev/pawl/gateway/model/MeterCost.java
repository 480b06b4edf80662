package dev.pawl.gateway.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Measures how fast the answers of models are read: 10 MB of a stream, in parts of 16 KiB, on one thread. */
public final class MeterCost {
    private static final int ROUNDS = 15;
    private static final int BYTES = 10_000_000;
    private static final int PART = 16_384;

    private MeterCost() {}

    /** Prints the median and the slowest of 15 rounds in MB/s, for each protocol. */
    public static void main(String[] arguments) {
        Map<Wire, String> events = new TreeMap<>(Map.of(
                Wire.CHAT,
                "data: {\"id\":\"chatcmpl-AbCdEf0123456789\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-5\","
                        + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}],\"usage\":null}\n\n",
                Wire.RESPONSES,
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":7,"
                        + "\"item_id\":\"msg_0123456789\",\"output_index\":0,\"content_index\":0,\"delta\":\" word\"}\n\n",
                Wire.MESSAGES,
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\" word\"}}\n\n",
                Wire.GENAI,
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" some words and a few more of them\"}],"
                        + "\"role\":\"model\"},\"index\":0}],\"modelVersion\":\"gemini-3-pro\"}\n\n"));
        events.forEach(MeterCost::measure);
    }

    private static void measure(Wire wire, String event) {
        byte[] stream = event.repeat(BYTES / event.length()).getBytes(StandardCharsets.UTF_8);
        double[] rates = new double[ROUNDS];
        long written = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            TurnReader reader = new TurnReader(wire, "m", "text/event-stream");
            for (int at = 0; at < stream.length; at += PART) {
                reader.feed(stream, at, Math.min(stream.length, at + PART));
            }
            reader.end();
            written += reader.writtenSoFar();
            rates[round] = stream.length * 1_000.0 / (System.nanoTime() - start);
        }
        Arrays.sort(rates);
        System.out.printf(
                "%-10s median %5.0f MB/s   slowest %5.0f MB/s   (%d tokens)%n",
                wire, rates[ROUNDS / 2], rates[0], written / ROUNDS);
    }
}
