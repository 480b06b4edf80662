package dev.pawl.gateway.credentials;

import dev.pawl.core.SecretGrant;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * One secret of a run and what stands in for it.
 *
 * @param placeholder what the agent holds: a token, or the id of a key of AWS
 * @param aws the key that signs, with the stand-in of its secret half, where the place is a signature
 */
record Credential(SecretGrant grant, Secret secret, String placeholder, Optional<Signing> aws) {
    /** A key of AWS. */
    record Signing(AwsKey key, String placeholder) {
        @Override
        public String toString() {
            return "(secret)";
        }
    }

    static Credential of(SecretGrant grant, Secret secret, SecureRandom random) {
        return grant.place() instanceof SecretGrant.Place.AwsSigV4
                ? new Credential(
                        grant,
                        secret,
                        Placeholders.awsKey(random),
                        Optional.of(new Signing(AwsKey.of(secret), Placeholders.awsSecret(random))))
                : new Credential(grant, secret, Placeholders.like(secret.value(), random), Optional.empty());
    }

    boolean isFor(Optional<String> host, int port) {
        return host.equals(Optional.of(grant.host())) && port == grant.port();
    }

    /** The name alone. */
    @Override
    public String toString() {
        return "Credential[" + grant.name() + "]";
    }
}
