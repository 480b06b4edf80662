package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The recorded flows beside the project, with what others found in them. */
final class Corpus {
    /** Some bytes of one direction. */
    static final class Part {
        private final Way way;
        private final byte[] bytes;

        Part(Way way, byte[] bytes) {
            this.way = way;
            this.bytes = bytes;
        }

        Way way() {
            return way;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /**
     * @param label what the other tool calls it
     * @param group the coarse class it belongs to
     */
    record Sample(String flow, boolean datagrams, int port, String label, String group, List<Part> parts) {
        Identity identified() {
            if (datagrams) {
                Datagrams identifier = new Datagrams();
                parts.forEach(part -> identifier.take(part.way(), part.bytes(), part.bytes().length));
                return identifier.identity();
            }
            Identifier identifier = new Identifier();
            parts.forEach(part -> identifier.take(part.way(), part.bytes(), 0, part.bytes().length));
            identifier.end();
            return identifier.identity();
        }

        /** The same of a connection whose bytes come in other pieces. */
        Identity cut(Random random) {
            Identifier identifier = new Identifier();
            int longest = 1 + random.nextInt(64);
            for (Part part : parts) {
                for (int at = 0; at < part.bytes().length; ) {
                    int count = Math.min(1 + random.nextInt(longest), part.bytes().length - at);
                    var _ = identifier.take(part.way(), part.bytes(), at, count);
                    at += count;
                }
            }
            identifier.end();
            return identifier.identity();
        }
    }

    private static final Pattern PAYLOAD =
            Pattern.compile("\"payload\":\\{\"flow\":\"([^\"]+)\",\"direction\":\"(out|in)\",\"data\":\"([^\"]*)\"");

    private Corpus() {}

    /** All of them; the test is left out by name where they are not there. */
    static List<Sample> read() throws IOException {
        Path folder = Path.of(System.getProperty("pawl.root", ".."), "..", "shared", "corpora", "flows")
                .toAbsolutePath()
                .normalize();
        assumeThat(folder).as("recorded flows at %s", folder).isDirectory();
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve("flows.jsonl"))) {
            Matcher payload = PAYLOAD.matcher(line);
            if (payload.find()) {
                parts.computeIfAbsent(payload.group(1), _ -> new ArrayList<>())
                        .add(new Part(
                                payload.group(2).equals("out") ? Way.OUT : Way.IN,
                                Base64.getDecoder().decode(payload.group(3))));
            }
        }
        List<Sample> samples = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("labels.jsonl"))) {
            String flow = field(line, "flow");
            samples.add(new Sample(
                    flow,
                    field(line, "transport").equals("udp"),
                    Integer.parseInt(number(line)),
                    field(line, "protocol"),
                    field(line, "class"),
                    parts.getOrDefault(flow, List.of())));
        }
        return samples;
    }

    private static String field(String line, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(line);
        return field.find() ? Objects.requireNonNull(field.group(1)) : "";
    }

    private static String number(String line) {
        Matcher field = Pattern.compile("\"port\":([0-9]+)").matcher(line);
        return field.find() ? Objects.requireNonNull(field.group(1)) : "0";
    }
}
