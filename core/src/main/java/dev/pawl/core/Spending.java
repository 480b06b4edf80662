package dev.pawl.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens to calls under an inspected grant that cost money.
 *
 * @param otherwise what becomes of those that nothing in {@code allow} names
 * @param allow those that go on unasked
 */
public record Spending(Otherwise otherwise, List<Allowed> allow) {
    /** A person is asked about each. */
    public static final Spending ASK = new Spending(Otherwise.ASK, List.of());

    /** Whom money is paid to, as the catalogue of the gateway calls them. */
    public static final List<String> PROVIDERS = List.of(
            "aws", "alibaba", "google", "azure", "stripe", "openai", "anthropic", "runpod", "modal", "kubernetes");

    public Spending {
        allow = List.copyOf(allow);
    }

    /** What happens to a call. */
    public enum Otherwise {
        DENY,
        /** A person is asked. */
        ASK,
        /** It goes on, and is recorded. */
        ALLOW;

        /** As written in charters. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Calls that go on unasked.
     *
     * @param id rule name used in decisions, such as {@code network.allow[0].spend[0]}
     * @param provider as the catalogue calls it, such as {@code aws}
     * @param operation as the catalogue calls it; a star stands for any letters
     * @param most what one call may cost; what costs more, or an unknown amount, is not allowed by this. Empty for any
     */
    public record Allowed(String id, String provider, String operation, Optional<Price> most) {}
}
