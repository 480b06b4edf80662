package dev.pawl.server.approvals;

import dev.pawl.core.Body;
import dev.pawl.core.Monitor;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one run, from the attempt to the outcome. Thread-safe.
 *
 * <p>A question is one act: whoever tries the same waits for the same answer, and who tried and gave up meets it when he
 * tries again. An answer is bound to the act as it was described; before anything is let go, the policy decides again, the
 * act is described again and who answered must still be one who may. Whatever goes wrong is a no.
 *
 * <p>While something waits no thread does: attempts are described by two threads that end when there is nothing to describe,
 * answers are carried out by whoever brings them, and a virtual thread counts time while there are questions.
 */
public final class Approvals implements Asks, Closeable {
    /** Attempts that are being described at the same time; describing reads files. */
    private static final int DESCRIBED_AT_ONCE = 2;

    private final Board board;
    private final Backing backing;
    private final Release release;
    private final ThreadPoolExecutor describing = new ThreadPoolExecutor(
            DESCRIBED_AT_ONCE,
            DESCRIBED_AT_ONCE,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("pawl-describe-", 0).factory());
    private volatile Consumer<Question> asked = question -> {};
    private volatile @Nullable Monitor monitor;

    public Approvals(Question.About about, Backing backing, Clock clock) {
        this.backing = backing;
        this.board = new Board(about, backing, clock);
        this.release = new Release(backing);
        describing.allowCoreThreadTimeOut(true);
    }

    /** Where answers are recorded; before this none is taken. {@code told} hears of each new question, and must not wait. */
    public void attach(Monitor record, Consumer<Question> told) {
        monitor = record;
        asked = told;
        Thread.ofVirtual().name("pawl-countdown").start(new Countdown(board, backing, this));
    }

    @Override
    public void ask(Ask ask) {
        Optional<Outcome> no = board.enter();
        if (no.isPresent()) {
            ask.then().accept(no.get());
            return;
        }
        try {
            describing.execute(() -> describe(ask));
        } catch (RejectedExecutionException e) {
            finish(ask, Board.STOPPED);
        }
    }

    /** Open questions, oldest first. */
    public List<Question.Open> open() {
        return board.open();
    }

    /** The same, each as one line of JSON; docs/approvals.md lists its members. */
    public List<String> lines() {
        return open().stream().map(QuestionJson::line).toList();
    }

    /** What became of the last questions that are not open any more: each an id, a blank and a few words. */
    public List<String> ended() {
        return board.ended();
    }

    /** Whether this user of the machine may answer. */
    public boolean mayAnswer(String user) {
        return backing.mayAnswer(user);
    }

    /** Says yes, for a user the kernel vouches for. */
    public Reply approve(String id, String user, Scope scope) {
        return answer(id, new Said(true, scope, user, ""));
    }

    /** Says no; {@code reason} is passed on to the agent and may be empty. */
    public Reply refuse(String id, String user, String reason) {
        return answer(id, new Said(false, Scope.RUN, user, reason));
    }

    /** Every attempt that waits is denied, and none is asked about any more. */
    @Override
    public void close() {
        stop();
        describing.shutdown();
    }

    void stop() {
        board.stop().forEach(ask -> finish(ask, Board.STOPPED));
    }

    /** What was not answered by then is a no. */
    void pass(Duration time) {
        board.pass(time).forEach(ask -> finish(ask, Board.EXPIRED));
    }

    private void describe(Ask ask) {
        try {
            switch (board.place(ask, ask.holding().act())) {
                case Place.Waits _ -> {}
                case Place.Opened(Question question) -> asked.accept(question);
                case Place.Denied(Outcome outcome) -> finish(ask, outcome);
                case Place.Answered(Question question, Said said) -> {
                    Outcome outcome = release.check(ask, question, said);
                    if (!outcome.decision().allowed()) {
                        var _ = board.use(question, false);
                    }
                    finish(ask, outcome);
                }
                case Place.Taken _, Place.NotTaken _, Place.Settled _ ->
                    throw new IllegalStateException("an answer's place");
            }
        } catch (IOException e) {
            finish(ask, failed("nobody can be asked, since the act cannot be told exactly: " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            finish(ask, failed("the question could not be asked: " + e));
        }
    }

    private Reply answer(String id, Said said) {
        Monitor record = monitor;
        if (record == null) {
            return new Reply.Refused("the run has not started");
        }
        if (!backing.mayAnswer(said.user())) {
            note(record, "answer-refused", said, "question " + id, null);
            return new Reply.Refused(said.user() + " may not answer for this agent; " + backing.approvers() + " may");
        }
        if (said.yes() && backing.frozen()) {
            return new Reply.Refused("the run is frozen, so nothing can go on; resume it, then answer");
        }
        return switch (board.take(id)) {
            case Place.Taken(Question question) -> {
                String detail = "question " + id + ", " + said.scope().text() + ", act " + question.digest();
                if (note(record, said.yes() ? "approve" : "refuse", said, detail, question.event())
                        .isEmpty()) {
                    board.putBack(question);
                    yield new Reply.Refused("the answer could not be recorded, so it does not count");
                }
                yield carryOut(question, said, board.settle(question, said).waiting());
            }
            case Place.NotTaken(String reason) -> new Reply.Refused(reason);
            case Place.Waits _, Place.Opened _, Place.Answered _, Place.Denied _, Place.Settled _ ->
                throw new IllegalStateException("an attempt's place");
        };
    }

    private Reply carryOut(Question question, Said said, List<Ask> waiting) {
        int went = 0;
        List<String> problems = new ArrayList<>();
        List<Ask> left = new ArrayList<>();
        for (Ask ask : waiting) {
            if (!ask.waits().getAsBoolean()) {
                finish(ask, Outcome.deny("ask.gone", "who tried it did not wait for the answer"));
            } else if (!board.use(question, true)) {
                left.add(ask);
            } else {
                Outcome outcome = checked(ask, question, said);
                if (outcome.decision().allowed()) {
                    went++;
                } else if (said.yes()) {
                    problems.add(outcome.decision().because());
                    var _ = board.use(question, false);
                }
                finish(ask, outcome);
            }
        }
        board.again(question, left).ifPresent(asked);
        return new Reply.Taken(
                Sentences.done(
                        said, went, problems, left.size(), backing.patience().toSeconds()),
                said.scope() == Scope.CHARTER && !question.line().isEmpty()
                        ? Optional.of(question.line())
                        : Optional.empty());
    }

    private Outcome checked(Ask ask, Question question, Said said) {
        try {
            return release.check(ask, question, said);
        } catch (RuntimeException | Error e) {
            return failed("the answer could not be checked: " + e);
        }
    }

    private void finish(Ask ask, Outcome outcome) {
        board.leave();
        try {
            ask.then().accept(outcome);
        } catch (RuntimeException | Error e) {
            // Others wait for the same answer. This one is not let go, and its caller ends with the run at the latest.
            Monitor record = monitor;
            if (record != null) {
                String detail = "an answer could not be carried out: " + e;
                record.record(new Body.Control("fault", "approvals", null, detail), null, ask.event(), null);
            }
        }
    }

    private static Outcome failed(String because) {
        return Outcome.deny("ask.failed", because);
    }

    private static String note(Monitor record, String operation, Said said, String detail, @Nullable String cause) {
        String why = said.reason().isEmpty() ? "" : ", because: " + said.reason();
        return record.record(new Body.Control(operation, said.user(), null, detail + why), null, cause, null);
    }
}
