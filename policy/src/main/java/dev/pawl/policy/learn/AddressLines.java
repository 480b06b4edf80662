package dev.pawl.policy.learn;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.Cidr;
import dev.pawl.core.Protocol;
import dev.pawl.core.Ranges;
import dev.pawl.policy.CharterText;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Grants of addresses: what was connected to without a name, and where names led that is not the open Internet. */
final class AddressLines {
    final List<AddressGrant> grants = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();

    /** Grants that were left out because there are too many. */
    int beyond;

    private record Place(InetAddress address, int port) {
        static final Comparator<Place> ORDER = Comparator.comparingInt(
                        (Place place) -> place.address.getAddress().length)
                .thenComparing(place -> place.address.getHostAddress())
                .thenComparingInt(Place::port);
    }

    private AddressLines() {}

    static AddressLines of(List<Needs.Need> needs) {
        AddressLines addresses = new AddressLines();
        TreeMap<Place, Seen> places = new TreeMap<>(Place.ORDER);
        for (Needs.Need need : needs) {
            switch (need.attempt()) {
                case Attempt.Connect connect
                when connect.host().isEmpty() -> add(places, connect.address(), connect.port(), need);
                case Attempt.Dial dial ->
                    add(places, dial.address(), dial.port(), need).names.add(dial.host());
                case Attempt.Connect _,
                        Attempt.Resolve _,
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
        places.forEach(addresses::add);
        return addresses;
    }

    private static Seen add(Map<Place, Seen> places, InetAddress address, int port, Needs.Need need) {
        Seen seen = places.computeIfAbsent(new Place(Ranges.plain(address), port), _ -> new Seen());
        seen.add(need);
        return seen;
    }

    private void add(Place place, Seen seen) {
        if (place.port < 1 || place.port > 65535) {
            return;
        }
        if (grants.size() == HostLines.MOST_GRANTS) {
            beyond++;
            return;
        }
        String rule = "network.addresses[" + grants.size() + "]";
        Protocol protocol = seen.spoken.narrowest().orElse(Protocol.TLS);
        Cidr range = new Cidr(place.address, place.address.getAddress().length * 8);
        grants.add(new AddressGrant(rule, range, place.port, protocol, seen.ask()));
        List<String> note = new ArrayList<>();
        if (!seen.names.isEmpty()) {
            note.add("where a name leads: " + CommentText.of(String.join(", ", seen.names), 120)
                    + "; the address itself may be connected to as well");
        }
        note.add(seen.users.text());
        lines.add(
                Line.of(rule, range + " on port " + place.port + ", " + CharterText.text(protocol), seen.users, note));
    }
}
