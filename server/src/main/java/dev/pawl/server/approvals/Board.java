package dev.pawl.server.approvals;

import dev.pawl.core.Act;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Which questions are open, which were answered how, and what is too much. Knows no clock but what it is told. Thread-safe. */
final class Board {
    static final int MAX_OPEN = 64;
    static final int MAX_NEW_A_MINUTE = 20;
    /** Attempts that are described or wait, together. */
    static final int MAX_WAITING = 1_024;

    private static final int SHOWN_ENDED = 100;
    static final int MAX_REMEMBERED = 10_000;

    static final Outcome STOPPED = Outcome.deny("ask.stopped", "the run ended before anybody answered");
    static final Outcome EXPIRED = Outcome.deny("ask.expired", "nobody answered in time");
    private static final Outcome TOO_MANY = Outcome.deny(
            "ask.limit",
            "too many questions: at most " + MAX_OPEN + " may be open and " + MAX_NEW_A_MINUTE + " be new in a minute");

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Describer describer;
    private final Backing backing;
    private final Clock clock;
    private final Map<String, Entry> open = new LinkedHashMap<>();
    /** By key; the last answer counts. */
    private final Map<String, Settlement> settled = bounded();

    private final Map<String, String> answers = bounded();
    private final Deque<Long> opened = new ArrayDeque<>();
    private long passed;
    private int number;
    private int inside;
    private boolean stopped;

    /** What was said about an act; {@code uses} are the attempts it may still let go. */
    private static final class Settlement {
        final Entry entry;
        final Said said;
        int uses;

        Settlement(Entry entry, Said said) {
            this.entry = entry;
            this.said = said;
            this.uses = said.scope() == Scope.RUN ? Integer.MAX_VALUE : 1;
        }

        /** Good for as long as the run. */
        boolean lasts() {
            return uses == Integer.MAX_VALUE;
        }
    }

    Board(Question.About about, Backing backing, Clock clock) {
        this.describer = new Describer(about, backing);
        this.backing = backing;
        this.clock = clock;
    }

    /** An attempt comes in; a denial if there is no room. */
    synchronized Optional<Outcome> enter() {
        if (stopped) {
            return Optional.of(STOPPED);
        }
        if (inside >= MAX_WAITING) {
            return Optional.of(TOO_MANY);
        }
        inside++;
        notifyAll();
        return Optional.empty();
    }

    /** An attempt has its outcome. */
    synchronized void leave() {
        inside--;
    }

    /** Where the attempt to do this act stands. */
    synchronized Place place(Ask ask, Act act) {
        String key = describer.key(act);
        if (stopped) {
            return new Place.Denied(STOPPED);
        }
        Settlement known = settled.get(key);
        if (known != null && same(known.entry.question.act(), act) && known.uses > 0) {
            known.uses -= known.lasts() ? 0 : 1;
            return new Place.Answered(known.entry.question, known.said);
        }
        for (Entry entry : open.values()) {
            if (entry.key.equals(key) && same(entry.question.act(), act)) {
                entry.add(ask);
                return new Place.Waits();
            }
        }
        if (open.size() >= MAX_OPEN || opened.size() >= MAX_NEW_A_MINUTE) {
            return new Place.Denied(TOO_MANY);
        }
        Optional<String> unshown = describer.unshown(act);
        if (unshown.isPresent()) {
            return new Place.Denied(Outcome.deny("ask.failed", unshown.get()));
        }
        opened.addLast(passed);
        Question question = describer.question(++number, clock.instant(), ask, act);
        Entry entry = new Entry(question, key, backing.patience().toNanos(), false);
        entry.add(ask);
        open.put(question.id(), entry);
        return new Place.Opened(question);
    }

    /** An answer comes in. Of several the first is taken. */
    synchronized Place take(String id) {
        Entry entry = open.get(id);
        if (entry == null || entry.taken) {
            String how = entry != null ? "is being answered by somebody else" : answers.getOrDefault(id, "");
            return new Place.NotTaken(how.isEmpty() ? "there is no open question " + id : "question " + id + " " + how);
        }
        entry.taken = true;
        return new Place.Taken(entry.question);
    }

    /** The answer that was taken does not count after all. */
    synchronized void putBack(Question question) {
        Entry entry = open.get(question.id());
        if (entry != null) {
            entry.taken = false;
        }
    }

    /** The answer that was taken counts, for these attempts and for what is the same act later. */
    synchronized Place.Settled settle(Question question, Said said) {
        Entry entry = open.remove(question.id());
        if (entry == null) {
            return new Place.Settled(List.of());
        }
        entry.leftNanos = backing.patience().toNanos();
        settled.put(entry.key, new Settlement(entry, said));
        answers.put(question.id(), Sentences.was(said));
        return new Place.Settled(entry.waiting);
    }

    /** Takes one of the attempts that the last answer to this question may let go; false if there is none left. */
    synchronized boolean use(Question question, boolean take) {
        Settlement known = settled.get(describer.key(question.act()));
        if (known == null || !known.entry.question.equals(question)) {
            return false;
        }
        if (!known.lasts()) {
            if (take && known.uses == 0) {
                return false;
            }
            known.uses += take ? -1 : 1;
        }
        return true;
    }

    /** The same question under a new id, for those that a yes to one of them did not reach. */
    synchronized Optional<Question> again(Question question, List<Ask> left) {
        if (left.isEmpty() || stopped) {
            return Optional.empty();
        }
        Question next = describer.again(question, ++number, clock.instant());
        Entry entry = new Entry(
                next, describer.key(question.act()), backing.patience().toNanos(), true);
        left.forEach(entry::add);
        open.put(next.id(), entry);
        return Optional.of(next);
    }

    /** The last questions that ended, and how. */
    synchronized List<String> ended() {
        return answers.entrySet().stream()
                .skip(Math.max(0, answers.size() - SHOWN_ENDED))
                .map(answer -> answer.getKey() + " " + answer.getValue())
                .toList();
    }

    List<Question.Open> open() {
        List<Entry> entries;
        synchronized (this) {
            entries = open.values().stream().filter(entry -> !entry.taken).toList();
        }
        return entries.stream().map(this::shown).toList();
    }

    private Question.Open shown(Entry entry) {
        List<Ask> waiting;
        int tries;
        long seconds;
        synchronized (this) {
            waiting = List.copyOf(entry.waiting);
            tries = entry.tries;
            seconds = Math.max(0, TimeUnit.NANOSECONDS.toSeconds(entry.leftNanos));
        }
        int still =
                (int) waiting.stream().filter(ask -> ask.waits().getAsBoolean()).count();
        return new Question.Open(entry.question, tries, still, seconds);
    }

    /** Lets time pass, and returns the attempts whose time is over. */
    List<Ask> pass(Duration time) {
        List<Ask> late = new ArrayList<>();
        List<Entry> doubtful;
        synchronized (this) {
            passed += time.toNanos();
            while (!opened.isEmpty() && passed - opened.getFirst() >= MINUTE) {
                opened.removeFirst();
            }
            for (Entry entry : List.copyOf(open.values())) {
                entry.leftNanos -= time.toNanos();
                if (entry.leftNanos <= 0 && !entry.taken) {
                    open.remove(entry.question.id());
                    answers.put(entry.question.id(), "expired");
                    late.addAll(entry.waiting);
                }
            }
            settled.values().removeIf(known -> {
                known.entry.leftNanos -= time.toNanos();
                return !known.lasts() && known.entry.leftNanos <= 0;
            });
            doubtful = open.values().stream()
                    .filter(entry -> entry.again && !entry.taken)
                    .toList();
        }
        for (Entry entry : doubtful) {
            if (shown(entry).waiting() == 0) {
                late.addAll(drop(entry));
            }
        }
        return late;
    }

    private synchronized List<Ask> drop(Entry entry) {
        return !entry.taken && open.remove(entry.question.id()) != null ? List.copyOf(entry.waiting) : List.of();
    }

    /** No more questions; returns the attempts that waited. */
    synchronized List<Ask> stop() {
        stopped = true;
        List<Ask> waiting = new ArrayList<>();
        open.values().forEach(entry -> waiting.addAll(entry.waiting));
        open.clear();
        notifyAll();
        return waiting;
    }

    /** Waits until there is something for which time counts; false if there never will be. */
    synchronized boolean awaitWork() throws InterruptedException {
        while (!stopped
                && open.isEmpty()
                && inside == 0
                && opened.isEmpty()
                && settled.values().stream().allMatch(Settlement::lasts)) {
            wait();
        }
        return !stopped;
    }

    private static boolean same(Act asked, Act now) {
        return ActText.change(asked, now).isEmpty();
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }
}
