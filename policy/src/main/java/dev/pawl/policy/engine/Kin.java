package dev.pawl.policy.engine;

import dev.pawl.core.Cidr;
import dev.pawl.policy.HostPatterns;
import dev.pawl.policy.Zone;
import dev.pawl.policy.cedar.EntityUid;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What hosts, addresses and paths lie below: domains, directories, zones. Only those that some rule names are told, since
 * no other can matter. Immutable and thread-safe.
 */
final class Kin {
    /** No name or path is longer; the names of DNS end at 255 bytes, paths at PATH_MAX of Linux. */
    private static final int LONGEST = 4096;

    private final Set<EntityUid> named;
    private final List<Member> zones = new ArrayList<>();

    private record Member(EntityUid zone, Zone holds) {}

    Kin(Set<EntityUid> named, List<Zone> zones) {
        this.named = Set.copyOf(named);
        for (Zone zone : zones) {
            this.zones.add(new Member(new EntityUid(Words.ZONE, zone.id()), zone));
        }
    }

    /** The strict superdomains of a name, and the zones it is in. */
    Set<EntityUid> ofHost(String name) {
        bounded(name);
        Set<EntityUid> above = new HashSet<>();
        for (int dot = name.indexOf('.', 1); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            add(above, new EntityUid(Words.DOMAIN, name.substring(dot + 1)));
        }
        for (Member member : zones) {
            if (HostPatterns.within(name, member.holds().hosts())) {
                above.add(member.zone());
            }
        }
        return above;
    }

    /** The zones an address is in. */
    Set<EntityUid> ofAddress(InetAddress address) {
        Set<EntityUid> above = new HashSet<>();
        for (Member member : zones) {
            for (Cidr range : member.holds().networks()) {
                if (range.contains(address)) {
                    above.add(member.zone());
                }
            }
        }
        return above;
    }

    /** The directories above an absolute path, and the zones it is in; nothing for an empty one. */
    Set<EntityUid> ofPath(String path) {
        bounded(path);
        Set<EntityUid> above = new HashSet<>();
        if (path.isEmpty()) {
            return above;
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            add(above, new EntityUid(Words.PATH, path.substring(0, slash)));
        }
        if (path.length() > 1) {
            add(above, new EntityUid(Words.PATH, "/"));
        }
        for (Member member : zones) {
            for (Path start : member.holds().paths()) {
                if (below(path, start.toString())) {
                    above.add(member.zone());
                }
            }
        }
        return above;
    }

    /** Whether a path is that one or lies below it. */
    static boolean below(String path, String start) {
        return path.startsWith(start)
                && (path.length() == start.length() || start.endsWith("/") || path.charAt(start.length()) == '/');
    }

    private void add(Set<EntityUid> above, EntityUid uid) {
        if (named.contains(uid)) {
            above.add(uid);
        }
    }

    private static void bounded(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a name or path of " + text.length() + " characters");
        }
    }
}
