package dev.pawl.policy.learn;

import dev.pawl.core.Attempt;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Protocol;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.HostPatterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Grants of hosts: one for each name and port that was connected to, and for each name that was only looked up. */
final class HostLines {
    private static final int USUAL_PORT = 443;
    private static final int MOST_NAMES = 5;
    /** So that what an agent looks up or connects to cannot make a charter too large to be read. */
    static final int MOST_GRANTS = 400;

    private static final int MOST_CHARACTERS_LOOKED_UP = 40_000;

    final List<HostGrant> grants = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();

    /** Names that were looked up and never connected to; a grant alone would let them be. */
    final TreeSet<String> namesOnly = new TreeSet<>();

    /** Grants that were left out because there are too many. */
    int beyond;

    private record Place(String host, int port) {
        static final Comparator<Place> ORDER = Comparator.comparing(Place::host).thenComparingInt(Place::port);
    }

    private final List<String> wildcards;
    private int lookedUp;

    private HostLines(List<String> wildcards) {
        this.wildcards = wildcards;
    }

    static HostLines of(List<Needs.Need> needs, List<String> wildcards) {
        HostLines hosts = new HostLines(wildcards);
        TreeMap<Place, Seen> places = new TreeMap<>(Place.ORDER);
        TreeMap<String, Users> lookups = new TreeMap<>();
        for (Needs.Need need : needs) {
            switch (need.attempt()) {
                case Attempt.Connect connect
                when connect.host().isPresent() ->
                    hosts.connected(places, connect.host().get(), connect.port(), need);
                case Attempt.Resolve resolve ->
                    HostPatterns.canonical(resolve.name())
                            .ifPresent(name -> lookups.computeIfAbsent(name, _ -> new Users())
                                    .add(need.use().users()));
                case Attempt.Connect _,
                        Attempt.Dial _,
                        Attempt.Exec _,
                        Attempt.Request _,
                        Attempt.Leak _,
                        Attempt.Spend _,
                        Attempt.Speak _,
                        Attempt.Tool _,
                        Attempt.LocalConnect _,
                        Attempt.Mount _ -> {}
            }
        }
        List<Place> connected = List.copyOf(places.keySet());
        lookups.forEach((name, users) -> {
            if (connected.stream().noneMatch(place -> covers(place.host, name))) {
                hosts.lookedUp(places, name, users);
            }
        });
        places.forEach(hosts::add);
        return hosts;
    }

    private void lookedUp(Map<Place, Seen> places, String name, Users users) {
        String wide = pattern(name);
        boolean exact = wide.equals(name);
        lookedUp += exact ? name.length() : 0;
        if (lookedUp > MOST_CHARACTERS_LOOKED_UP) {
            beyond++;
            return;
        }
        if (exact) {
            namesOnly.add(name);
        }
        Seen seen = places.computeIfAbsent(new Place(wide, USUAL_PORT), _ -> new Seen());
        seen.users.add(users);
        seen.names.add(name);
    }

    private void connected(Map<Place, Seen> places, String host, int port, Needs.Need need) {
        Optional<String> name = HostPatterns.canonical(host);
        if (name.isEmpty() || port < 1 || port > 65535) {
            return;
        }
        Seen seen = places.computeIfAbsent(new Place(pattern(name.get()), port), _ -> new Seen());
        seen.add(need);
        seen.names.add(name.get());
    }

    private void add(Place place, Seen seen) {
        if (grants.size() == MOST_GRANTS) {
            beyond++;
            namesOnly.remove(place.host);
            return;
        }
        String rule = "network.allow[" + grants.size() + "]";
        Protocol usual = place.port == 80 ? Protocol.HTTP : Protocol.TLS;
        Protocol protocol = seen.spoken.narrowest().orElse(usual);
        grants.add(new HostGrant(rule, place.host, place.port, protocol, seen.ask()));
        List<String> note = new ArrayList<>();
        if (namesOnly.contains(place.host)) {
            note.add("only looked up, never connected to: the boundary " + NamesOnly.ID + " keeps it so");
        }
        if (!seen.names.contains(place.host)) {
            note.add("as asked for, instead of "
                    + String.join(", ", seen.names.stream().limit(MOST_NAMES).toList())
                    + (seen.names.size() > MOST_NAMES ? " and " + (seen.names.size() - MOST_NAMES) + " more" : ""));
        }
        note.add(seen.users.text());
        lines.add(Line.of(
                rule, place.host + " on port " + place.port + ", " + CharterText.text(protocol), seen.users, note));
    }

    /** The widest pattern a person asked for that covers the name, or the name. */
    private String pattern(String name) {
        return wildcards.stream()
                .filter(wide -> covers(wide, name))
                .min(Comparator.comparingInt(String::length))
                .orElse(name);
    }

    private static boolean covers(String pattern, String name) {
        return HostPatterns.within(name, List.of(pattern));
    }
}
