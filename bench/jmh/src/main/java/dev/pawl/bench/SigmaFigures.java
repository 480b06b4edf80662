package dev.pawl.bench;

import dev.pawl.core.Event;
import dev.pawl.detect.Pack;
import dev.pawl.detect.SigmaEvents;
import dev.pawl.detect.sigma.RuleSet;
import dev.pawl.detect.sigma.RuleText;
import dev.pawl.detect.sigma.engine.Engine;
import dev.pawl.detect.sigma.engine.Matcher;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What JMH does not say: the slowest of a hundred, memory, and the time to load in a fresh JVM. Rates and loading are in
 * processor time of the one thread that works, since a machine that is shared gives it only a part of the clock's.
 */
public final class SigmaFigures {
    private static final int ROUNDS = 11;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SigmaFigures() {}

    public static void main(String[] arguments) {
        String what = arguments.length == 0 ? "linux" : arguments[0];
        List<RuleText> texts = what.equals("linux") ? SigmaRules.linux() : SigmaRules.many(Integer.parseInt(what));
        long before = used();
        long start = THREADS.getCurrentThreadCpuTime();
        long clock = System.nanoTime();
        RuleSet set = RuleSet.of(texts, Pack.pipeline());
        Engine engine = set.engine();
        long load = THREADS.getCurrentThreadCpuTime() - start;
        long waited = System.nanoTime() - clock;
        long memory = used() - before;
        if (!set.problems().isEmpty()) {
            throw new IllegalStateException(set.problems().getFirst().toString());
        }
        print(what, "load, ms", load / 1e6);
        print(what, "load by the clock, ms", waited / 1e6);
        print(what, "memory of rules and index, MiB", memory / 1048576.0);
        measure(what, engine.matcher(), SigmaRules.events().toArray(Event[]::new));
        if (set.documents().size() != texts.size()) {
            throw new IllegalStateException("not every rule was loaded");
        }
    }

    private static void measure(String what, Matcher matcher, Event[] events) {
        double[] rates = new double[ROUNDS];
        long matches = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            int count = 0;
            while (count < 150_000) {
                for (Event event : events) {
                    matches +=
                            matcher.match(SigmaEvents.of(event).orElseThrow()).size();
                    count++;
                }
            }
            rates[round] = count * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
        }
        Arrays.sort(rates);
        print(what, "events/s, median", rates[ROUNDS / 2]);
        print(what, "events/s, best", rates[ROUNDS - 1]);
        long[] times = new long[200_000];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            matches += matcher.match(SigmaEvents.of(events[i % events.length]).orElseThrow())
                    .size();
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        print(what, "one event, median, us", times[times.length / 2] / 1e3);
        print(what, "one event, p99, us", times[times.length * 99 / 100] / 1e3);
        print(what, "matches", (double) matches);
    }

    private static void print(String what, String figure, double value) {
        System.out.printf(Locale.ROOT, "%-8s %-32s %,14.1f%n", what, figure, value);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
