package dev.pawl.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.Plain;
import dev.pawl.cli.view.QuestionText;
import dev.pawl.ledger.JsonObject;
import dev.pawl.sandbox.Screen;
import dev.pawl.server.approvals.Approvals;
import dev.pawl.server.approvals.Backing;
import dev.pawl.server.approvals.Question;
import dev.pawl.server.approvals.Reply;
import dev.pawl.server.approvals.Scope;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks whoever sits at the run's terminal, on that terminal: takes its screen from the agent while a question is open,
 * oldest first. The answer is the holder's, by the same way as any other. Where she may not answer, or wants not to be
 * asked here, the bell rings and the end of the run names the question. Thread-safe; one thread of its own.
 */
public final class InPlace implements Closeable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int KEY_MILLIS = 50;
    private static final int AGAIN_MILLIS = 200;
    private static final long RESULT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int CLOSE_MILLIS = 2_000;
    private static final int MAX_WHAT = 120;
    private static final int MAX_NOTED = 6;

    /** A person's terminal: its screen, if it can be had now, and its bell. */
    record Terminal(Supplier<Optional<Screen>> borrow, Runnable bell) {}

    private final Approvals approvals;
    private final Backing backing;
    private final String holder;
    private final Terminal terminal;
    private final LongSupplier nanos;
    private final Set<String> left = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> granting = new ArrayList<>();
    private final List<Runnable> spared = new ArrayList<>();
    private @Nullable Thread thread;
    private boolean closed;
    private boolean quiet;
    private boolean showing;

    /**
     * @param holder the user of the machine whose process this is
     * @param nanos a clock that only runs forward
     */
    InPlace(Approvals approvals, Backing backing, String holder, Terminal terminal, LongSupplier nanos) {
        this.approvals = approvals;
        this.backing = backing;
        this.holder = holder;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /** A question was opened. Does not wait. */
    void opened(Question question) {
        // Not under the lock: this may read policy anew, whose listener tells lines that wait for it.
        opened(question, approvals.mayAnswer(holder));
    }

    private synchronized void opened(Question question, boolean may) {
        if (closed) {
            return;
        }
        if (quiet || !may) {
            left.add(question.id());
            note(question, may ? "" : "; " + holder + " may not answer");
            Thread.ofPlatform().daemon().name("pawl-bell").start(terminal.bell());
        } else if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("pawl-asking").start(this::ask);
        } else {
            notifyAll();
        }
    }

    /** Passes lines on, but not while the screen shows a question. */
    Consumer<String> sparing(Consumer<String> toPerson) {
        return line -> {
            synchronized (this) {
                if (showing) {
                    spared.add(() -> toPerson.accept(line));
                    return;
                }
            }
            toPerson.accept(line);
        };
    }

    private void showing(boolean now) {
        List<Runnable> lines;
        synchronized (this) {
            showing = now;
            lines = List.copyOf(spared);
            spared.clear();
        }
        lines.forEach(Runnable::run);
    }

    /** Lines for the end of the run: questions that were not asked here, and what would grant others for good. */
    synchronized List<String> notes() {
        return Stream.concat(notes.stream(), granting.stream()).toList();
    }

    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            last = thread;
            notifyAll();
        }
        try {
            if (last != null) {
                last.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Question question, String why) {
        if (notes.size() < MAX_NOTED) {
            notes.add("pawl: not asked here: question " + question.id() + ", to "
                    + Plain.text(question.what(), MAX_WHAT) + why);
        }
    }

    private void ask() {
        try {
            while (awaitQuestion()) {
                Optional<Screen> borrowed = terminal.borrow().get();
                if (borrowed.isEmpty()) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(AGAIN_MILLIS));
                    continue;
                }
                showing(true);
                try (Screen screen = borrowed.get()) {
                    Optional<Question> next = next();
                    while (next.isPresent() && ask(screen, next.get())) {
                        next = next();
                    }
                } finally {
                    showing(false);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until one can be asked here; false if none ever will. */
    private synchronized boolean awaitQuestion() throws InterruptedException {
        while (!closed) {
            if (next().isPresent()) {
                return true;
            }
            wait(open().isEmpty() ? 0 : AGAIN_MILLIS);
        }
        return false;
    }

    private synchronized List<Question> open() {
        return closed || quiet
                ? List.of()
                : approvals.open().stream()
                        .map(Question.Open::question)
                        .filter(question -> !left.contains(question.id()))
                        .toList();
    }

    /** The oldest open question, unless nothing could go on now. */
    private Optional<Question> next() {
        return backing.frozen() || backing.ending()
                ? Optional.empty()
                : open().stream().findFirst();
    }

    /** False if the screen is of no use any more. */
    private boolean ask(Screen screen, Question question) {
        Dialogue dialogue = new Dialogue(question.id(), !question.line().isEmpty());
        byte[] keys = new byte[256];
        String drawn = "";
        long looked = nanos.getAsLong() - LOOK_NANOS;
        String title = "";
        List<String> lines = List.of();
        while (true) {
            long now = nanos.getAsLong();
            if (now - looked >= LOOK_NANOS) {
                Optional<List<String>> found = lines(question.id());
                if (found.isEmpty()) {
                    return true;
                }
                lines = found.get();
                title = title(question);
                looked = now;
            }
            dialogue.show(title, lines, screen.rows(), screen.columns());
            String frame = dialogue.frame();
            if (!frame.equals(drawn)) {
                screen.write(frame);
                drawn = frame;
            }
            dialogue.shown(nanos.getAsLong());
            int count = screen.read(keys, KEY_MILLIS);
            if (count < 0) {
                leave(question);
                return false;
            }
            now = nanos.getAsLong();
            Dialogue.Said answer = count == 0 ? dialogue.idle(now) : dialogue.typed(keys, count, now);
            switch (answer) {
                case Dialogue.Said.Nothing() -> {}
                case Dialogue.Said.Later() -> {
                    leave(question);
                    return true;
                }
                case Dialogue.Said.Quiet() -> {
                    silence(question);
                    return true;
                }
                case Dialogue.Said.Yes(Scope scope) -> {
                    if (done(screen, dialogue, approvals.approve(question.id(), holder, scope), question)) {
                        return true;
                    }
                }
                case Dialogue.Said.No() -> {
                    if (done(screen, dialogue, approvals.refuse(question.id(), holder, ""), question)) {
                        return true;
                    }
                }
            }
        }
    }

    private String title(Question question) {
        int more = open().size() - 1;
        return "pawl: " + Plain.text(question.about().agent(), MAX_WHAT) + " asks you, and waits"
                + (more > 0 ? " (" + more + " more after this)" : "");
    }

    /** What to show of a question; empty if it is not open, or nothing could go on. */
    private Optional<List<String>> lines(String id) {
        if (backing.frozen() || backing.ending()) {
            return Optional.empty();
        }
        for (String line : approvals.lines()) {
            if (JsonObject.parse(line.getBytes(UTF_8)) instanceof JsonObject.Whole(JsonObject question)
                    && question.optionalText("id").orElse("").equals(id)) {
                return Optional.of(QuestionText.of(question));
            }
        }
        return Optional.empty();
    }

    private synchronized void leave(Question question) {
        left.add(question.id());
    }

    private synchronized void silence(Question question) {
        quiet = true;
        left.add(question.id());
        note(question, "");
    }

    /** Shows for a moment what an answer did; false if it did not count. */
    private boolean done(Screen screen, Dialogue dialogue, Reply reply, Question question) {
        return switch (reply) {
            case Reply.Refused(String reason) -> {
                dialogue.hint(Plain.text(reason));
                yield false;
            }
            case Reply.Taken(String text, Optional<String> line) -> {
                List<String> lines = new ArrayList<>(List.of("pawl: " + Plain.text(text)));
                line.ifPresent(grant -> {
                    lines.add("To grant it for good, add to the charter:");
                    grant.lines().map(Plain::text).forEach(each -> lines.add("  " + each));
                    remember(lines.subList(1, lines.size()), question);
                    lines.add("The end of the run says it again.");
                });
                result(screen, lines, line.isPresent() ? LINE_NANOS : RESULT_NANOS);
                yield true;
            }
        };
    }

    private synchronized void remember(List<String> lines, Question question) {
        granting.add("pawl: question " + question.id() + ": " + lines.getFirst());
        granting.addAll(lines.subList(1, lines.size()));
    }

    private void result(Screen screen, List<String> lines, long time) {
        screen.write(Frame.of(lines, "Enter goes back to the agent ", screen.rows(), screen.columns()));
        long begin = nanos.getAsLong();
        byte[] keys = new byte[256];
        int count = 0;
        while (count >= 0 && nanos.getAsLong() - begin < time) {
            count = screen.read(keys, KEY_MILLIS);
            for (int i = 0; i < count; i++) {
                if (keys[i] == '\r' || keys[i] == '\n') {
                    return;
                }
            }
        }
    }
}
