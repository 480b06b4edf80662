package dev.pawl.gateway.spend;

import dev.pawl.core.Price;
import java.util.List;
import java.util.Optional;

/** What a request turned out to be. */
sealed interface Finding {
    /** Nothing known here that costs money. */
    record Clear() implements Finding {}

    /** It costs money. */
    record Spends(Group group, String operation, Change change, Optional<Price> price, List<String> details)
            implements Finding {
        public Spends {
            details = List.copyOf(details);
        }

        /** Whom it is paid to. */
        String provider() {
            return group.provider();
        }
    }

    /** It may be read as one that costs money, or not; {@code reason} is half a sentence. */
    record Ambiguous(String reason) implements Finding {}
}
