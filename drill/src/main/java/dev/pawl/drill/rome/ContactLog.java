package dev.pawl.drill.rome;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What reached the world so far. Keeps the first {@value #MAX_KEPT} contacts and counts all. Thread-safe. */
final class ContactLog {
    static final int MAX_KEPT = 10_000;

    private final List<Contact> kept = new ArrayList<>();
    private final Map<Contact.Service, Integer> counts = new EnumMap<>(Contact.Service.class);
    private long next;

    synchronized void add(Contact.Service service, boolean effect, String what) {
        counts.merge(service, 1, Integer::sum);
        Contact contact = new Contact(next++, service, effect, what);
        if (kept.size() < MAX_KEPT) {
            kept.add(contact);
        }
    }

    synchronized long mark() {
        return next;
    }

    synchronized List<Contact> since(long mark) {
        return kept.stream().filter(contact -> contact.number() >= mark).toList();
    }

    synchronized Map<Contact.Service, Integer> counts() {
        return Map.copyOf(counts);
    }
}
