package dev.pawl.ledger;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.core.Ulid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What is done to a record that becomes old: packed, given up, erased run by run. What takes something away says so in the
 * record before. Not thread-safe.
 */
public final class Care {
    /** Six months: nothing younger is given up (EU AI Act, article 19 and 26). */
    public static final Duration LEAST = Duration.ofDays(184);

    /** What such events name as their agent and run. */
    private static final String RECORD = "ledger";

    private static final int BUNDLE = 256;

    private final Path home;
    private final Ledger ledger;
    private final Clock clock;
    private final String actor;

    /** @param actor who has it done */
    public Care(Path home, Ledger ledger, Clock clock, String actor) {
        this.home = home;
        this.ledger = ledger;
        this.clock = clock;
        this.actor = actor;
    }

    /**
     * Packs what is not new.
     *
     * @return how many bundles
     * @throws IOException if one is damaged, or the disk does not take it
     */
    public int pack() throws IOException {
        ledger.checkpoint();
        return ledger.log().pack();
    }

    /**
     * Gives up events that are older; their hashes stay, and so do the last few thousand events.
     *
     * @param age at least {@link #LEAST}
     * @return the first entry that is kept
     * @throws IllegalArgumentException if that is too young
     * @throws IOException if the record cannot be read, or not be written to
     */
    public long giveUp(Duration age) throws IOException {
        if (age.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("events are kept for at least " + LEAST.toDays() + " days");
        }
        long signed = ledger.checkpoint().size();
        LedgerReader reader = new LedgerReader(home, 0);
        Instant oldest = clock.instant().minus(age);
        long first = reader.kept();
        while (first + BUNDLE <= signed && isBefore(reader.timeAt(first + BUNDLE - 1), oldest)) {
            first += BUNDLE;
        }
        if (first > reader.kept()) {
            say("retention", "entries below " + first + " are older than " + age.toDays() + " days and given up");
        }
        long kept = ledger.log().giveUp(first);
        IndexFiles.delete(home);
        return kept;
    }

    /**
     * Destroys the key of a run that was sealed: its content is gone, its entries and their proofs are not.
     *
     * @return false if there is no such key
     * @throws IOException if that fails, or cannot be recorded
     */
    public boolean erase(String run) throws IOException {
        say("erase", "the key of " + run + " is destroyed");
        boolean destroyed = Seals.of(home).destroy(run);
        IndexFiles.delete(home);
        return destroyed;
    }

    /**
     * Has runs that begin from now on sealed, or not.
     *
     * @throws IOException if that cannot be noted
     */
    public void seal(boolean on) throws IOException {
        Seals.of(home).turn(on);
        say("seal", on ? "runs are sealed from now on" : "runs are not sealed from now on");
    }

    /**
     * Puts a finding about the record itself on record.
     *
     * @throws IOException if it cannot be recorded
     */
    public void find(String detector, String title, Body.Severity severity) throws IOException {
        say(new Body.Finding(detector, title, severity, null, List.of(), List.of()));
    }

    private static boolean isBefore(Optional<Instant> time, Instant oldest) {
        return time.isPresent() && time.get().isBefore(oldest);
    }

    private void say(String operation, String detail) throws IOException {
        say(new Body.Control(operation, actor, null, detail));
    }

    private void say(Body body) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ledger.commit(List.of(new Event(new Ulid(clock).next(), now, RECORD, RECORD, null, null, body, null)));
    }
}
