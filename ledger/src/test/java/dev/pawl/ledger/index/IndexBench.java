package dev.pawl.ledger.index;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.ledger.Ledger;
import dev.pawl.ledger.RecordSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long it takes to find events in a long record: a warm index, one question after the other. Started by bench/index. */
final class IndexBench {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TOGETHER = 2000;
    private static final int TIMES = 9;
    private static final long RUN_EVENTS = 2000;

    private final Random random = new Random(1);
    private final Path home;
    private final long count;

    private IndexBench(Path home, long count) {
        this.home = home;
        this.count = count;
    }

    public static void main(String[] arguments) throws IOException {
        new IndexBench(Path.of(arguments[0]), Long.parseLong(arguments[1])).run();
    }

    private void run() throws IOException {
        long start = System.nanoTime();
        try (Ledger ledger = Ledger.open(home)) {
            for (long i = 0; i < count; i += TOGETHER) {
                List<Event> events = new ArrayList<>();
                for (long j = i; j < i + TOGETHER; j++) {
                    events.add(event(j));
                }
                ledger.commit(events);
                if (i % (50L * TOGETHER) == 0) {
                    ledger.checkpoint();
                }
            }
        }
        System.out.printf("%d events recorded in %.0f s%n", count, since(start));
        start = System.nanoTime();
        EventIndex.open(home).close();
        System.out.printf(
                "index made in %.0f s, %.0f MiB; entries take %.0f MiB%n",
                since(start),
                RecordSize.of(home).index() / 1048576.0,
                RecordSize.of(home).bundles() / 1048576.0);
        Map<String, EventFilter> questions = new LinkedHashMap<>();
        questions.put(
                "one run",
                new EventFilter(
                        Set.of("r-" + count / RUN_EVENTS / 2), null, null, null, null, null, null, null, null, false));
        questions.put("one host", filter(null, null, "h77.example", null, null, false));
        questions.put("hosts below a name, denied", filter(null, null, "*.rare.example", null, null, true));
        questions.put("an agent's denied connects", filter("a3", "connect", null, null, null, true));
        questions.put("a program, last 100", filter(null, null, null, "/usr/bin/p5", null, false));
        questions.put("a boundary, last 100", filter(null, null, null, null, "no-spending", false));
        questions.put("everything, last 100", EventFilter.ALL);
        questions.forEach(this::ask);
    }

    private static EventFilter filter(
            @Nullable String agent,
            @Nullable String kind,
            @Nullable String host,
            @Nullable String process,
            @Nullable String boundary,
            boolean denied) {
        return new EventFilter(Set.of(), agent, kind, process, host, null, boundary, null, null, denied);
    }

    private void ask(String name, EventFilter filter) {
        double[] millis = new double[TIMES];
        long[] found = {0};
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            found[0] = 0;
            try {
                new EventSearch(home).find(filter, name.endsWith("100") ? 100 : Long.MAX_VALUE, (_, _) -> found[0]++);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            millis[i] = since(start) * 1000;
        }
        Arrays.sort(millis);
        System.out.printf(
                "%-28s %8d events, p50 %.0f ms, slowest %.0f ms%n",
                name, found[0], millis[TIMES / 2], millis[TIMES - 1]);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private Event event(long number) {
        ProcessInfo process = new ProcessInfo(
                random.nextInt(30_000), 1, "/usr/bin/p" + random.nextInt(200), List.of("p", "-x"), "/w", "dev");
        boolean denied = random.nextInt(20) == 0;
        String host = denied && random.nextInt(100) == 0 ? "x.rare.example" : "h" + random.nextInt(5000) + ".example";
        Body body = random.nextInt(4) == 0
                ? new Body.Connect("tcp", host, "198.18.0.1", 443)
                : new Body.Exec(
                        "/usr/bin/p" + random.nextInt(200),
                        List.of("p"),
                        "/w",
                        new Body.Parent(1, "/bin/sh", List.of("sh")));
        Decision decision = denied
                ? Decision.deny("default", random.nextInt(50) == 0 ? "no-spending" : null, "not granted")
                : Decision.allow("exec", "may");
        return new Event(
                "01" + number,
                START.plusMillis(number),
                "a" + number / RUN_EVENTS % 20,
                "r-" + number / RUN_EVENTS,
                null,
                process,
                body,
                decision);
    }
}
