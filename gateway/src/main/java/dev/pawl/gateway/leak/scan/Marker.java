package dev.pawl.gateway.leak.scan;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A text that must not leave, whatever it looks like.
 *
 * @param kind what a finding calls it: {@code decoy}, {@code placeholder}, {@code secret} or a word of its own
 * @param value the text, {@value #LEAST} to {@value #MOST} bytes of UTF-8
 * @param home the host whose requests' heads it may stand in, since there it is read and replaced; empty: none
 */
public record Marker(String kind, String value, Optional<String> home) {
    public static final int LEAST = 8;
    public static final int MOST = 8192;

    /** Bytes that are compared; what is longer is known by its beginning. */
    static final int COMPARED = 1024;

    public Marker {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length < LEAST || length > MOST) {
            throw new IllegalArgumentException("a marker has " + LEAST + " to " + MOST + " bytes");
        }
    }

    byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** The kind alone: the value is what must not be seen. */
    @Override
    public String toString() {
        return "Marker[" + kind + "]";
    }
}
