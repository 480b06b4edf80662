package dev.pawl.gateway.leak.read;

/** A coding that is not known, broken, or larger than is looked into. The message is for people and holds no content. */
public final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean tooMuch;

    Unreadable(String why) {
        this(why, false);
    }

    /** {@code tooMuch}: it could be read, and is more than is looked into. */
    Unreadable(String why, boolean tooMuch) {
        super(why, null, false, false);
        this.tooMuch = tooMuch;
    }

    boolean tooMuch() {
        return tooMuch;
    }
}
