package dev.pawl.gateway;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.Charter.NetworkGrants;
import dev.pawl.core.Decision;
import dev.pawl.core.Endpoint;
import dev.pawl.core.Ranges;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Where a granted target really is. A name is checked once, in {@link #objection}; the addresses that passed are
 * pinned for its port, and {@link #candidates} hands out pins only. So what is dialled is what was checked, whatever
 * the name server says in between (DNS rebinding). Thread-safe.
 */
final class Destinations {
    private static final int PINS = 20_000;
    /** Addresses of one name that are tried; each may take {@link Dial#TIMEOUT_SECONDS}. */
    private static final int MAX_ADDRESSES = 8;

    private final NetworkGrants grants;
    private final NameCache names;
    private final Executor blocking;
    private final Bounded<Endpoint, List<InetSocketAddress>> pins = new Bounded<>(PINS);

    Destinations(NetworkGrants grants, NameCache names, Executor blocking) {
        this.grants = grants;
        this.names = names;
        this.blocking = blocking;
    }

    /** Resolves and checks; blocks for as long as {@link NameCache#PATIENCE}. */
    Optional<Decision> objection(Attempt.Connect target) {
        if (target.host().isEmpty() || grants.routes().containsKey(target.host().get())) {
            return Optional.empty();
        }
        String host = target.host().get();
        Resolution resolution = names.resolve(host).join();
        if (!(resolution instanceof Resolution.Found(List<InetAddress> found)) || found.isEmpty()) {
            return Optional.of(Refusals.deny(
                    Refusals.UNRESOLVED, null, "No address could be found for " + host + "; check the name."));
        }
        List<InetSocketAddress> passed = found.stream()
                .map(Ranges::plain)
                .filter(address -> open(address, target.port()))
                .map(address -> new InetSocketAddress(address, target.port()))
                .limit(MAX_ADDRESSES)
                .toList();
        if (passed.isEmpty()) {
            return Optional.of(refusal(host, found.getFirst(), target.port()));
        }
        synchronized (pins) {
            pins.put(new Endpoint(host, target.port()), passed);
        }
        return Optional.empty();
    }

    /** The addresses to try in turn, none if the target never passed; fails with what kept a route from resolving. */
    CompletableFuture<List<InetSocketAddress>> candidates(Attempt.Connect target) {
        if (target.host().isEmpty()) {
            return CompletableFuture.completedFuture(List.of(new InetSocketAddress(target.address(), target.port())));
        }
        Endpoint route = grants.routes().get(target.host().get());
        if (route == null) {
            synchronized (pins) {
                return CompletableFuture.completedFuture(
                        pins.getOrDefault(new Endpoint(target.host().get(), target.port()), List.of()));
            }
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(route.host());
            return CompletableFuture.completedFuture(List.of(new InetSocketAddress(literal, route.port())));
        } catch (IllegalArgumentException name) {
            return CompletableFuture.supplyAsync(() -> routed(route), blocking);
        }
    }

    /** Whether a name may lead to this address: it is an ordinary one, or the charter grants it by number. */
    private boolean open(InetAddress address, int port) {
        return Ranges.special(address).isEmpty() || granted(address, port);
    }

    private boolean granted(InetAddress address, int port) {
        for (AddressGrant grant : grants.addresses()) {
            if (grant.port() == port && grant.range().contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static Decision refusal(String host, InetAddress address, int port) {
        String kind = Ranges.special(address).orElse("special");
        String boundary = kind.equals("metadata") ? "no-credential-hunting" : "no-lateral-movement";
        return Refusals.deny(
                Refusals.PRIVATE_ADDRESS,
                boundary,
                "%s resolves to %s, a %s address; to reach it, grant the address and port %d under network.addresses."
                        .formatted(host, address.getHostAddress(), kind, port));
    }

    /** Routes are the owner's word: any address is good, loopback is what they are for. */
    private static List<InetSocketAddress> routed(Endpoint route) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(route.host())) {
                addresses.add(new InetSocketAddress(address, route.port()));
            }
        } catch (UnknownHostException e) {
            return List.of();
        }
        return addresses;
    }
}
