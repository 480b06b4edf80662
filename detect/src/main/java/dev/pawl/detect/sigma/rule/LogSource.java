package dev.pawl.detect.sigma.rule;

import org.jspecify.annotations.Nullable;

/** Which log a rule is about, or which log an event comes from. Parts are in lower case; null says nothing. */
public record LogSource(
        @Nullable String category,
        @Nullable String product,
        @Nullable String service) {
    /** Whether events of {@code source} are what this asks for: each part said here is the same there. */
    public boolean covers(LogSource source) {
        return said(category, source.category) && said(product, source.product) && said(service, source.service);
    }

    private static boolean said(@Nullable String wanted, @Nullable String given) {
        return wanted == null || wanted.equals(given);
    }
}
