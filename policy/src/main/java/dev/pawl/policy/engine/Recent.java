package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What one engine decided about requests lately: agents make the same ones over and over, and the same attempt gets the same
 * answer. A place holds one request, whole, and the next one that falls to it takes it over. Thread-safe.
 */
final class Recent {
    private static final int PLACES = 256;

    /** Characters of a path that is kept; with all places full that is some hundred kilobytes. */
    static final int LONGEST = 512;

    private record Decided(Attempt.Request request, Decision decision) {}

    private final AtomicReferenceArray<@Nullable Decided> places = new AtomicReferenceArray<>(PLACES);

    /** Null if it is not known. */
    @Nullable
    Decision of(Attempt attempt) {
        if (!(attempt instanceof Attempt.Request request)) {
            return null;
        }
        Decided there = places.get(place(request));
        return there != null && there.request.equals(request) ? there.decision : null;
    }

    void decided(Attempt attempt, Decision decision) {
        if (attempt instanceof Attempt.Request request
                && request.path().length() <= LONGEST
                && request.method().length() <= LONGEST) {
            places.set(place(request), new Decided(request, decision));
        }
    }

    private static int place(Attempt.Request request) {
        int hash = request.hashCode();
        return (hash ^ hash >>> 16) & (PLACES - 1);
    }
}
