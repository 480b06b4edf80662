package dev.pawl.ledger;

/** A JSON object lacks a member, or the member has another type. */
public final class JsonFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonFault(String message) {
        super(message);
    }
}
