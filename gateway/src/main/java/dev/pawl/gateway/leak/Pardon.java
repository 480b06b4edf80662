package dev.pawl.gateway.leak;

import dev.pawl.gateway.inspect.Ruling;
import dev.pawl.gateway.leak.read.Found.Leak;
import dev.pawl.gateway.leak.scan.Scanner;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of what was found in one request: refused, or let out once a person agreed. She agrees to all of one kind that
 * was found in the bytes seen so far; a text she agreed to is not asked about again in the same request. Used on one event loop.
 */
final class Pardon {
    private static final int FORBIDDEN = 403;

    /** Marked by the run itself: there is no reason for which these leave. */
    private static final Set<String> NEVER = Set.of("decoy", "placeholder", "secret");

    private final boolean asks;
    private final Set<Same> agreed = new HashSet<>();
    /** What she agrees to, if she does. */
    private List<Same> asked = List.of();

    private boolean shown = true;

    /** One text. */
    private record Same(String kind, long fingerprint) {
        static Same of(Leak leak) {
            return new Same(leak.finding().kind(), leak.finding().fingerprint());
        }
    }

    /** {@code asks} is whether a person may be asked at all. */
    Pardon(boolean asks) {
        this.asks = asks;
    }

    /** Whether a person may be asked. */
    boolean asks() {
        return asks;
    }

    /** Of a head. Where its method or target hold any of it, they are not shown for the rest of the request. */
    Optional<Ruling> head(List<Leak> leaks) {
        shown &= leaks.stream().map(Leak::place).noneMatch(Pardon::inLine);
        return of(leaks);
    }

    private static boolean inLine(String place) {
        return place.startsWith("method") || place.startsWith("url");
    }

    /** What is to be said because of all that was found; empty where it may leave. */
    Optional<Ruling> of(List<Leak> leaks) {
        if (leaks.isEmpty()) {
            return Optional.empty();
        }
        Optional<Leak> never = leaks.stream()
                .filter(leak -> !asks || NEVER.contains(leak.finding().kind()))
                .findFirst();
        if (never.isPresent()) {
            return Optional.of(new Ruling.Refuse(Refused.leak(never.get(), "The request"), FORBIDDEN));
        }
        if (leaks.size() >= Scanner.MOST_FINDINGS) {
            // Beyond that nothing is kept, and nobody would know what she agreed to.
            return Optional.of(new Ruling.Refuse(
                    Refused.unreadable("The request carries more than a person can be asked about."), FORBIDDEN));
        }
        for (Leak leak : leaks) {
            Same same = Same.of(leak);
            if (!agreed.contains(same)) {
                asked = leaks.stream()
                        .map(Same::of)
                        .filter(other -> other.kind.equals(same.kind))
                        .toList();
                return Optional.of(new Ruling.Hold(same.kind, leak.place(), shown));
            }
        }
        return Optional.empty();
    }

    /** She agreed to what was last held for. */
    void agreed() {
        agreed.addAll(asked);
        asked = List.of();
    }
}
