package dev.pawl.ledger;

/** A JSON object lacks a member, or the member has another type. */
public final class JsonFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the member and what is wrong with it. */
    public JsonFault(String message) {
        super(message);
    }
}
