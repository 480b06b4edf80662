package dev.pawl.verify;

/** Bytes are not what their format says, or a signature does not hold. The message is for a person. */
public final class FormatFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public FormatFault(String message) {
        super(message);
    }

    /** The message. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
