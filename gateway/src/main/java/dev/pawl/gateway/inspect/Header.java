package dev.pawl.gateway.inspect;

import java.util.List;

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

    /** Whether any of these fields says that the body is compressed or coded in another way. */
    public static boolean coded(List<Header> fields) {
        for (Header field : fields) {
            if (field.is("content-encoding") && !field.value().equalsIgnoreCase("identity")) {
                return true;
            }
        }
        return false;
    }
}
