package dev.pawl.gateway.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What a caller has to show: {@code Authorization: Bearer …}, RFC 6750. */
public final class Token {
    private static final String SCHEME = "bearer ";
    private static final int LONGEST = 512;

    private final byte[] value;

    /** @throws IllegalArgumentException if it is so short that it can be guessed */
    public Token(String value) {
        if (value.length() < 32 || value.length() > LONGEST) {
            throw new IllegalArgumentException("a token has 32 to " + LONGEST + " characters");
        }
        this.value = value.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a header's value shows it; takes as long for a wrong one of the same length as for the right one. */
    boolean shown(@Nullable String authorization) {
        return authorization != null
                && authorization.length() <= SCHEME.length() + LONGEST
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        value, authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
    }
}
