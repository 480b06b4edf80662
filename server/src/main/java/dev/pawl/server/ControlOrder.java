package dev.pawl.server;

import java.util.Locale;
import java.util.Optional;

/** What a run can be told or asked over its control socket. */
public enum ControlOrder {
    STOP,
    FREEZE,
    RESUME,
    STATUS,
    /** Shows the open questions. */
    APPROVALS,
    /** Says yes to one of them. */
    APPROVE,
    /** Says no to one of them. */
    REFUSE;

    /** Whether it is for those who answer questions, too. */
    boolean forApprovers() {
        return this == APPROVALS || this == APPROVE || this == REFUSE;
    }

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
