package dev.pawl.gateway;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Endpoint;
import dev.pawl.core.Policy;
import dev.pawl.core.Ranges;
import dev.pawl.gateway.identify.Confidence;
import dev.pawl.gateway.identify.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a granted target really is. A name is looked up and each of its addresses decided once, in {@link #objection};
 * the addresses that were allowed are pinned for its port, and {@link #candidates} hands out pins only. So what is
 * dialled is what was decided, whatever the name server says in between (DNS rebinding). Thread-safe.
 */
final class Destinations {
    private static final int PINS = 20_000;
    /** Addresses of one name that are tried; each may take {@link Dial#TIMEOUT_SECONDS}. */
    private static final int MAX_ADDRESSES = 8;

    private final Map<String, Endpoint> routes;
    private final Policy policy;
    private final NameCache names;
    private final NameSource machine;
    private final Bounded<Endpoint, List<InetSocketAddress>> pins = new Bounded<>(PINS);

    /**
     * @param routes host to the upstream that is dialled instead
     * @param names real addresses of granted names
     * @param machine finds the upstreams of routes, which the owner names and no agent
     */
    Destinations(Map<String, Endpoint> routes, Policy policy, NameCache names, NameSource machine) {
        this.routes = routes;
        this.policy = policy;
        this.names = names;
        this.machine = machine;
    }

    /** Resolves and decides; blocks for as long as {@link NameCache#PATIENCE}. Where a person is asked, she sees the addresses. */
    Optional<Decision> objection(Attempt.Connect target, boolean asked) {
        if (target.host().isEmpty()) {
            return Optional.empty();
        }
        String host = target.host().get();
        Endpoint route = routes.get(host);
        Endpoint dialled = route == null ? new Endpoint(host, target.port()) : route;
        List<InetAddress> found = addresses(dialled.host(), route != null);
        if (found.isEmpty()) {
            return Optional.of(Refusals.deny(
                    Refusals.UNRESOLVED,
                    null,
                    "No address could be found for " + dialled.host() + "; check the name."));
        }
        List<InetSocketAddress> passed = new ArrayList<>();
        Optional<Decision> refusal = Optional.empty();
        for (InetAddress address : found) {
            InetAddress plain = Ranges.plain(address);
            Decision decision =
                    decide(new Attempt.Dial(host, plain, dialled.port(), route != null), "an address of " + host);
            if (!decision.allowed() && !(asked && decision.verdict() == Decision.Verdict.ASK)) {
                refusal = refusal.or(() -> Optional.of(decision));
            } else if (passed.size() < MAX_ADDRESSES) {
                passed.add(new InetSocketAddress(plain, dialled.port()));
            }
        }
        if (passed.isEmpty()) {
            return refusal;
        }
        synchronized (pins) {
            pins.put(new Endpoint(host, target.port()), List.copyOf(passed));
        }
        return Optional.empty();
    }

    /** The addresses to try in turn; none if the target never passed. */
    List<InetSocketAddress> candidates(Attempt.Connect target) {
        if (target.host().isEmpty()) {
            return List.of(new InetSocketAddress(target.address(), target.port()));
        }
        synchronized (pins) {
            return pins.getOrDefault(new Endpoint(target.host().get(), target.port()), List.of());
        }
    }

    private List<InetAddress> addresses(String host, boolean routed) {
        Optional<InetAddress> literal = routed ? literal(host) : Optional.empty();
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        Resolution resolution = routed
                ? machine.resolve(host)
                        .completeOnTimeout(
                                new Resolution.Failed(), NameCache.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .join()
                : names.resolve(host).join();
        return resolution instanceof Resolution.Found(List<InetAddress> found) ? found : List.of();
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    /**
     * What the policy has against a flow that was recognised; null where nothing, or where it is only suspected. Does not
     * block: a decision takes microseconds and reads nothing.
     */
    @Nullable
    Decision objection(Attempt.Connect target, InetAddress address, Identity identity) {
        if (!identity.known() || identity.confidence() == Confidence.SUSPECT) {
            return null;
        }
        Decision decision =
                decide(new Attempt.Speak(target.host(), address, target.port(), identity.protocol()), "what is spoken");
        return decision.allowed() ? null : decision;
    }

    /** A policy that throws has denied. */
    private Decision decide(Attempt attempt, String what) {
        try {
            return policy.decide(attempt);
        } catch (Throwable e) {
            return Decision.deny("policy-error", null, "the policy failed on " + what);
        }
    }
}
