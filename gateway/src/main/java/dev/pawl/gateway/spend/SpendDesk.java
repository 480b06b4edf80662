package dev.pawl.gateway.spend;

import dev.pawl.core.Egress;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Outgoing;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Looks for calls that cost money in the requests of one run. Thread-safe. */
public final class SpendDesk implements Outgoing.Factory {
    /** Of different hosts one run may ask; beyond them the catalogue is looked through each time. */
    private static final int MOST_HOSTS = 1_000;

    /** Bytes of bodies that wait for a look, all requests together. */
    private static final long ALL = 64L << 20;

    private static final class Known {
        static final Catalogue CATALOGUE = Catalogue.known();
        static final Recogniser RECOGNISER = new Recogniser(PriceList.known());
    }

    private final Map<String, Map<Group, List<Entry>>> hosts = new ConcurrentHashMap<>();
    private final AtomicLong waiting = new AtomicLong();

    /** Not the many to hosts that nobody is paid at, unless they ask for what may be had anywhere. */
    @Override
    public boolean concerns(Egress.Passage passage, Head head, String path) {
        Map<Group, List<Entry>> at = at(host(passage));
        return !at.isEmpty()
                && (!at.keySet().stream().allMatch(Group::anywhere) || Catalogue.begins(at, head.target()));
    }

    private static String host(Egress.Passage passage) {
        return passage.target().place().toLowerCase(Locale.ROOT);
    }

    @Override
    public Outgoing open(Egress.Passage passage, String flow) {
        String host = host(passage);
        return new Guarding(Known.RECOGNISER, host, at(host), this);
    }

    private Map<Group, List<Entry>> at(String host) {
        Map<Group, List<Entry>> known = hosts.get(host);
        if (known == null) {
            known = Known.CATALOGUE.at(host);
            if (hosts.size() < MOST_HOSTS) {
                hosts.put(host, known);
            }
        }
        return known;
    }

    /** Whether so many more bytes may wait; then they do. */
    boolean take(int bytes) {
        if (waiting.addAndGet(bytes) <= ALL) {
            return true;
        }
        waiting.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        waiting.addAndGet(-bytes);
    }

    /** Whom calls of a host are paid to, by its own names: {@code *.suffix} where any name below may be one; none for others. */
    public static List<String> paidAt(String pattern) {
        return Known.CATALOGUE.groups().stream()
                .filter(group -> !group.hosts().contains("**"))
                .filter(group -> group.meets(pattern.toLowerCase(Locale.ROOT)))
                .map(Group::provider)
                .distinct()
                .toList();
    }
}
