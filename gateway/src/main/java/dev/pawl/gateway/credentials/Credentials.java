package dev.pawl.gateway.credentials;

import dev.pawl.core.SecretGrant;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.leak.scan.Marker;
import dev.pawl.gateway.leak.scan.Mask;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secrets of one run. Thread-safe. */
public final class Credentials {
    /** Of a run without secrets. */
    public static final Credentials NONE = new Credentials(List.of());

    private final List<Credential> all;
    private final Room room = new Room();
    private @Nullable Mask mask;

    private Credentials(List<Credential> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Makes stand-ins for this run.
     *
     * @param values the value of each secret
     * @throws IllegalArgumentException if a value does not fit its place; says nothing of it
     */
    public static Credentials of(Map<SecretGrant, Secret> values, SecureRandom random) {
        List<Credential> all = new ArrayList<>();
        values.forEach((grant, secret) -> {
            try {
                all.add(Credential.of(grant, secret, random));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the secret " + grant.name() + " " + e.getMessage(), e);
            }
        });
        return new Credentials(all);
    }

    /** Variables of the agent's environment that hold stand-ins. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Credential credential : all) {
            environment.put(credential.grant().as(), credential.placeholder());
            credential.aws().ifPresent(signing -> environment.put("AWS_SECRET_ACCESS_KEY", signing.placeholder()));
        }
        return environment;
    }

    /** Texts that must not leave: stand-ins anywhere but in heads of their host, and the values themselves. */
    public List<Marker> markers() {
        List<Marker> markers = new ArrayList<>();
        for (Credential credential : all) {
            markers.add(new Marker(
                    "placeholder",
                    credential.placeholder(),
                    Optional.of(credential.grant().host())));
            credential
                    .aws()
                    .ifPresentOrElse(
                            signing -> {
                                markers.add(new Marker("placeholder", signing.placeholder(), Optional.empty()));
                                markers.add(new Marker("secret", signing.key().secret, Optional.empty()));
                                signing.key()
                                        .token
                                        .ifPresent(token -> markers.add(new Marker("secret", token, Optional.empty())));
                            },
                            () -> markers.add(
                                    new Marker("secret", credential.secret().value(), Optional.empty())));
        }
        return markers;
    }

    /** Puts values into requests. Comes after whoever looks for secrets, who would find them. */
    public Outgoing.Factory outgoing() {
        return (passage, flow) -> new PutIn(all, passage, this::mask, room);
    }

    /** Covers the values that servers are sent. Made when the first is: most runs begin long before. */
    private synchronized Mask mask() {
        Mask known = mask;
        if (known == null) {
            known = new Mask(all.stream()
                    .filter(credential -> credential.aws().isEmpty())
                    .map(credential -> credential.secret().value())
                    .toList());
            mask = known;
        }
        return known;
    }

    /** How many there are: values and placeholders are not shown. */
    @Override
    public String toString() {
        return "Credentials of " + environment().size() + " secrets";
    }
}
