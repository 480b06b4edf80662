package dev.pawl.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Real addresses of granted names, kept 30 seconds, failures 1 second, at most {@value #CAPACITY} names. One question
 * a name is on its way at a time. Only names that were allowed come here. Thread-safe.
 */
final class NameCache {
    static final int CAPACITY = 10_000;
    static final Duration LIFE = Duration.ofSeconds(30);
    static final Duration FAILURE_LIFE = Duration.ofSeconds(1);
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<NameSource> source;
    private final Clock clock;
    private final Bounded<String, Entry> entries = new Bounded<>(CAPACITY);

    private record Entry(CompletableFuture<Resolution> answer, Instant asked) {
        boolean fresh(Instant now) {
            Resolution value = answer.getNow(new Resolution.Found(List.of()));
            Duration life = value instanceof Resolution.Failed ? FAILURE_LIFE : LIFE;
            return !now.isBefore(asked) && now.isBefore(asked.plus(life));
        }
    }

    NameCache(Supplier<NameSource> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The answer, or a failure after {@link #PATIENCE}; never throws, the future never completes with a throwable. */
    CompletableFuture<Resolution> resolve(String name) {
        Instant now = clock.instant();
        CompletableFuture<Resolution> answer = new CompletableFuture<>();
        synchronized (entries) {
            Entry known = entries.get(name);
            if (known != null && known.fresh(now)) {
                return known.answer();
            }
            entries.put(name, new Entry(answer, now));
        }
        try {
            CompletableFuture<Resolution> asked = source.get().resolve(name);
            var _ = asked.whenComplete(
                    (value, thrown) -> answer.complete(thrown == null ? value : new Resolution.Failed()));
        } catch (RuntimeException e) {
            answer.complete(new Resolution.Failed());
        }
        return answer.completeOnTimeout(new Resolution.Failed(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
