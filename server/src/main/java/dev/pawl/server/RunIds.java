package dev.pawl.server;

import java.security.SecureRandom;

/** Makes run ids: {@code r-} and 8 characters of lower-case base 32 (RFC 4648), 40 random bits. Thread-safe. */
public final class RunIds {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    private final SecureRandom random = new SecureRandom();

    /** The next id. */
    public String next() {
        StringBuilder id = new StringBuilder("r-");
        for (int i = 0; i < 8; i++) {
            id.append(DIGITS.charAt(random.nextInt(32)));
        }
        return id.toString();
    }
}
