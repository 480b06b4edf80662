package dev.pawl.gateway.inspect;

/**
 * One field of a request's head.
 *
 * @param name as the agent wrote it; lower-case where it speaks HTTP/2
 * @param value without blanks around it, one character a byte (ISO 8859-1)
 */
public record Header(String name, String value) {
    /** Whether it has this name, in any case. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
