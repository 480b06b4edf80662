package dev.pawl.gateway.leak;

import dev.pawl.gateway.leak.read.Body;
import dev.pawl.gateway.leak.read.Found;
import dev.pawl.gateway.leak.read.Unreadable;
import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Patterns;
import dev.pawl.gateway.leak.testing.FalseSecrets;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * How often ordinary files are taken for leaks, once as they are and once as model requests of {@value #MESSAGE} bytes of them, how
 * fast that is, and how many of generated secrets are found; see bench/leak.
 */
public final class LeakBench {
    private static final int LARGEST = 32 << 20;
    private static final int MESSAGE = 48 << 10;
    private static final int REQUESTS_OF_ONE = 8;
    private static final int DRAWN = 1000;

    private final Patterns patterns = new Patterns(List.of(), MarkedFiles.none(), new byte[16]);
    private final boolean show;
    private final Tally whole = new Tally();
    private final Tally requests = new Tally();

    /** What came of a number of bodies. */
    private static final class Tally {
        private final Map<String, Integer> kinds = new TreeMap<>();
        private long bytes;
        private long nanos;
        private int bodies;
        private int flagged;

        int findings() {
            return kinds.values().stream().mapToInt(Integer::intValue).sum();
        }

        double speed() {
            return bytes / (nanos / 1000.0);
        }
    }

    private LeakBench(boolean show) {
        this.show = show;
    }

    /** {@code [--show] DIRECTORY...} */
    public static void main(String[] args) throws IOException {
        List<String> roots = new ArrayList<>(List.of(args));
        LeakBench bench = new LeakBench(roots.remove("--show"));
        bench.recall();
        for (String root : roots) {
            try (Stream<Path> tree = Files.walk(Path.of(root))) {
                for (Path file : tree.filter(Files::isRegularFile)
                        .filter(Files::isReadable)
                        .sorted()
                        .toList()) {
                    bench.file(file);
                }
            }
            bench.print(root);
        }
    }

    private void recall() {
        Random random = new Random(20_26);
        FalseSecrets.makers().forEach((name, maker) -> {
            int found = 0;
            for (int i = 0; i < DRAWN; i++) {
                byte[] text = ("Deploy with this:\n\n" + maker.apply(random) + "\n\nand then restart.\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
                // A key as bytes is in no JSON.
                byte[] body = name.endsWith(" der") ? text : request(text, 0, text.length);
                found += scan(body, new Tally(), "").stream()
                                .anyMatch(leak -> leak.finding().kind().equals(FalseSecrets.kind(name)))
                        ? 1
                        : 0;
            }
            System.out.printf("recall %-28s %5.1f %%%n", name, 100.0 * found / DRAWN);
        });
    }

    private void file(Path file) throws IOException {
        byte[] content = content(file);
        scan(content, whole, file.toString());
        for (int i = 0; i < REQUESTS_OF_ONE && i * MESSAGE < content.length; i++) {
            int from = i * MESSAGE;
            scan(request(content, from, Math.min(content.length, from + MESSAGE)), requests, "");
        }
    }

    private List<Found.Leak> scan(byte[] bytes, Tally tally, String name) {
        Found found = new Found(finding -> false);
        long start = System.nanoTime();
        try (Body body = new Body(patterns, found, "body", Body.Kind.ANY, List.of())) {
            for (int at = 0; at < bytes.length; at += 8192) {
                body.feed(bytes, at, Math.min(8192, bytes.length - at));
            }
            body.finish();
        } catch (Unreadable unreadable) {
            tally.kinds.merge("unreadable", 1, Integer::sum);
        }
        tally.nanos += System.nanoTime() - start;
        tally.bytes += bytes.length;
        tally.bodies++;
        tally.flagged += found.none() ? 0 : 1;
        for (Found.Leak leak : found.all()) {
            tally.kinds.merge(leak.finding().kind(), 1, Integer::sum);
            if (show && !name.isEmpty()) {
                System.out.println(
                        leak.finding().kind() + "\t" + leak.place() + "\t" + name + "\t" + excerpt(bytes, leak));
            }
        }
        return found.all();
    }

    private static String excerpt(byte[] bytes, Found.Leak leak) {
        int from = (int) Math.min(leak.finding().start(), bytes.length);
        byte[] part = leak.place().equals("body")
                ? Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 120))
                : new byte[0];
        return new String(part, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "~");
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (file.toString().endsWith(".gz")) {
                try (InputStream unpacked = new GZIPInputStream(in)) {
                    return unpacked.readNBytes(LARGEST);
                }
            }
            return in.readNBytes(LARGEST);
        }
    }

    private static byte[] request(byte[] content, int from, int to) {
        StringBuilder json = new StringBuilder("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"");
        new String(content, from, to - from, StandardCharsets.UTF_8)
                .codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '\n' -> json.append("\\n");
                        case '\r' -> json.append("\\r");
                        case '\t' -> json.append("\\t");
                        case '"', '\\' -> json.append('\\').append((char) c);
                        default -> {
                            if (c < ' ') {
                                json.append(String.format("\\u%04x", c));
                            } else {
                                json.appendCodePoint(c);
                            }
                        }
                    }
                });
        return json.append("\"}]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void print(String root) {
        double gib = whole.bytes / (double) (1 << 30);
        System.out.printf(
                "up to %s: %d files, %.0f MiB at %.0f MB/s: %d findings in %d files, %.1f a GiB %s%n",
                root,
                whole.bodies,
                gib * 1024,
                whole.speed(),
                whole.findings(),
                whole.flagged,
                whole.findings() / gib,
                whole.kinds);
        System.out.printf(
                "  as model requests: %d at %.0f MB/s, %d refused, %.2f of 1,000 %s%n",
                requests.bodies,
                requests.speed(),
                requests.flagged,
                requests.flagged * 1000.0 / Math.max(1, requests.bodies),
                requests.kinds);
    }
}
