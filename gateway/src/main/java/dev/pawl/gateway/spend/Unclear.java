package dev.pawl.gateway.spend;

/** A request cannot be understood in one way, where one that spends may be meant. The message is half a sentence. */
final class Unclear extends Exception {
    private static final long serialVersionUID = 1;

    final String reason;

    Unclear(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }
}
