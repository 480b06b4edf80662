package dev.pawl.server;

import java.util.Locale;
import java.util.Optional;

/** What a run can be told or asked over its control socket. */
public enum ControlOrder {
    STOP,
    FREEZE,
    RESUME,
    STATUS;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ControlOrder> of(String text) {
        for (ControlOrder order : values()) {
            if (order.text().equals(text)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }
}
