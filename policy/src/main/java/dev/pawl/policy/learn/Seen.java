package dev.pawl.policy.learn;

import java.util.Optional;
import java.util.TreeSet;

/** What was seen at the place of one grant. For one thread. */
final class Seen {
    final Users users = new Users();
    final Spoken spoken = new Spoken();

    /** Names that led there. */
    final TreeSet<String> names = new TreeSet<>();

    private Optional<String> ask = Optional.empty();

    void add(Needs.Need need) {
        users.add(need.use().users());
        spoken.add(need.use().spoken());
        ask = ask.or(need::ask);
    }

    /** Why a person is to be asked before it; one attempt that asks is enough. */
    Optional<String> ask() {
        return ask;
    }
}
