package dev.pawl.gateway.credentials;

import java.util.Optional;

/** Credentials of AWS. Says nothing of itself. */
final class AwsKey {
    final String id;
    final String secret;
    final Optional<String> token;

    AwsKey(String id, String secret, Optional<String> token) {
        this.id = id;
        this.secret = secret;
        this.token = token;
    }

    /**
     * Reads {@code ID:SECRET} or {@code ID:SECRET:TOKEN}.
     *
     * @throws IllegalArgumentException saying what is wrong with it, and nothing of it
     */
    static AwsKey of(Secret secret) {
        String[] parts = secret.value().split(":", 3);
        if (parts.length < 2 || !parts[0].matches("[A-Z0-9]{16,128}") || parts[1].length() < 16) {
            throw new IllegalArgumentException("is no key of AWS; allowed: ID:SECRET or ID:SECRET:TOKEN");
        }
        return new AwsKey(parts[0], parts[1], parts.length == 3 ? Optional.of(parts[2]) : Optional.empty());
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
