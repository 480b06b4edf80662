package dev.pawl.server;

import java.util.List;

/** The runs a person meant. */
public sealed interface Selection {
    /** These; never empty. */
    record Chosen(List<RunView> runs) implements Selection {
        public Chosen {
            runs = List.copyOf(runs);
        }
    }

    /** None; {@code reason} names the runs there are. */
    record None(String reason) implements Selection {}
}
