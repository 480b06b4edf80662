package dev.pawl.gateway.credentials;

/** A value that nobody may see: it has no text of its own, so that no message, record or exception can hold it by accident. */
public final class Secret {
    static final int LEAST = 8;
    static final int MOST = 8192;

    private final String value;

    /**
     * Takes a value of {@value #LEAST} to {@value #MOST} printable characters of ASCII, blanks only inside.
     *
     * @throws IllegalArgumentException saying what is wrong with it, and nothing of it
     */
    public Secret(String value) {
        if (value.length() < LEAST || value.length() > MOST) {
            throw new IllegalArgumentException(
                    "has " + value.length() + " characters; " + LEAST + " to " + MOST + " are allowed");
        }
        if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e) || !value.strip().equals(value)) {
            throw new IllegalArgumentException(
                    "has characters that cannot stand in a request's head, or blanks around it");
        }
        this.value = value;
    }

    String value() {
        return value;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
