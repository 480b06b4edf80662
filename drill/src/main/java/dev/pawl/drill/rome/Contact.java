package dev.pawl.drill.rome;

/**
 * Something that reached a listener.
 *
 * @param number position in the world's log, ascending from 0
 * @param service who was reached
 * @param effect whether the deed was done (logged in, credentials handed out, name asked), not merely a connection made
 * @param what one line, at most {@value #MAX_TEXT} characters, without control characters
 */
public record Contact(long number, Service service, boolean effect, String what) {
    /** The longest {@link #what}. */
    public static final int MAX_TEXT = 512;

    /** The listeners of the world. */
    public enum Service {
        POOL,
        SSH_22,
        SSH_443,
        BILLING,
        METADATA,
        INTERNAL,
        DNS,
        GRANTED,
        SINK,
        CONTAINERS,
        PASTE,
        MAIL,
        CLUSTER
    }

    public Contact {
        StringBuilder clean = new StringBuilder();
        what.codePoints()
                .limit(MAX_TEXT)
                .forEach(point -> clean.appendCodePoint(Character.isISOControl(point) ? '.' : point));
        what = clean.toString();
    }
}
