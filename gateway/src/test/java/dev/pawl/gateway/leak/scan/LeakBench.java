package dev.pawl.gateway.leak.scan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Scans files of all sorts that hold no secrets, once as they are and once inside a model request; see bench/leak. */
public final class LeakBench {
    private static final int LARGEST = 32 << 20;
    private static final int MESSAGE = 48 << 10;

    private final Patterns patterns = new Patterns(List.of(), MarkedFiles.none(), new byte[16]);
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Map<String, Integer> requestKinds = new TreeMap<>();
    private final boolean show;
    private long bytes;
    private long nanos;
    private int files;
    private int flagged;
    private int requests;
    private int refused;

    private LeakBench(boolean show) {
        this.show = show;
    }

    /** {@code [--show] DIRECTORY...} */
    public static void main(String[] args) throws IOException {
        List<String> roots = new ArrayList<>(List.of(args));
        LeakBench bench = new LeakBench(roots.remove("--show"));
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

    private void file(Path file) throws IOException {
        byte[] content = content(file);
        Scanner scanner = new Scanner(patterns);
        long start = System.nanoTime();
        for (int at = 0; at < content.length; at += 8192) {
            scanner.feed(content, at, Math.min(8192, content.length - at));
        }
        scanner.finish();
        nanos += System.nanoTime() - start;
        bytes += content.length;
        files++;
        count(file, scanner.findings(), kinds, content);
        flagged += scanner.clean() ? 0 : 1;
        for (int at = 0; at < content.length && at < MESSAGE * 8; at += MESSAGE) {
            Scanner request = new Scanner(patterns);
            byte[] body = request(content, at, Math.min(content.length, at + MESSAGE));
            request.feed(body, 0, body.length);
            request.finish();
            requests++;
            refused += request.clean() ? 0 : 1;
            count(file, request.findings(), requestKinds, null);
        }
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

    private void count(
            Path file,
            List<Finding> findings,
            Map<String, Integer> into,
            byte @org.jspecify.annotations.Nullable [] content) {
        for (Finding finding : findings) {
            into.merge(finding.kind(), 1, Integer::sum);
            if (show && content != null) {
                int from = (int) finding.start();
                System.out.println(finding.kind() + "\t" + file + "\t"
                        + new String(content, from, Math.min(120, content.length - from), StandardCharsets.ISO_8859_1)
                                .replace('\n', '~'));
            }
        }
    }

    private void print(String root) {
        double gib = bytes / (double) (1 << 30);
        int found = kinds.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "up to %s: %d files, %.0f MiB, %.0f MB/s; %d findings in %d files, %.1f a GiB %s; of %d model requests %d refused, %.2f of 1,000 %s%n",
                root,
                files,
                gib * 1024,
                bytes / (nanos / 1000.0),
                found,
                flagged,
                found / gib,
                kinds,
                requests,
                refused,
                refused * 1000.0 / Math.max(1, requests),
                requestKinds);
    }
}
