package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.approvals.Question;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a person is asked on the run's terminal, and when that goes away by itself. */
final class InPlaceTest {
    private final AskedRun run = new AskedRun();
    private final AtomicInteger bells = new AtomicInteger();
    private final FakeScreens screens = new FakeScreens();
    private final InPlace inPlace = new InPlace(
            run.approvals,
            run,
            AskedRun.HOLDER,
            new InPlace.Terminal(screens::borrow, bells::incrementAndGet),
            screens.time::get);

    @AfterEach
    void close() {
        inPlace.close();
        run.approvals.close();
    }

    @Test
    void anAnswerIsTheHolders() {
        run.start(inPlace::opened);
        Question question = run.ask("/bin/one");
        screens.types("yes " + question.id().substring(0, 4) + "\r");
        run.awaitAllowed("/bin/one");
        assertThat(run.recorded).singleElement().asString().contains("approve", AskedRun.HOLDER);
        screens.awaitReturned(1);
        assertThat(screens.written()).contains("approved, once: 1 attempt goes on");
    }

    @Test
    void severalAreAskedOldestFirst() {
        run.start(inPlace::opened);
        run.ask("/bin/one");
        run.ask("/bin/two");
        screens.types("no\r");
        run.awaitDenied("/bin/one");
        screens.types("\r");
        screens.awaitWritten("run /bin/two");
        screens.types("no\r");
        run.awaitDenied("/bin/two");
        screens.types("\r");
        screens.awaitReturned(1);
    }

    @Test
    void itGoesAwayWhenItIsAnsweredElsewhere() {
        run.start(inPlace::opened);
        Question question = run.ask("/bin/one");
        screens.awaitWritten("run /bin/one");
        var _ = run.approvals.refuse(question.id(), "root", "");
        screens.awaitReturned(1);
        assertThat(inPlace.notes()).isEmpty();
    }

    @Test
    void itGoesAwayWhileTheRunIsFrozenAndComesBack() {
        run.start(inPlace::opened);
        run.ask("/bin/one");
        screens.awaitWritten("run /bin/one");
        run.frozen = true;
        screens.awaitReturned(1);
        run.frozen = false;
        screens.awaitBorrowed(2);
        run.ending = true;
        screens.awaitReturned(2);
    }

    @Test
    void laterAndAClosedTerminalLeaveItOpen() {
        run.start(inPlace::opened);
        run.ask("/bin/one");
        screens.types("later\r");
        screens.awaitReturned(1);
        run.ask("/bin/two");
        screens.awaitWritten("run /bin/two");
        screens.gone = true;
        screens.awaitReturned(2);
        assertThat(run.approvals.open()).hasSize(2);
        assertThat(screens.borrowed.get()).isEqualTo(2);
    }

    @Test
    void whoMayNotAnswerHearsABellAndIsToldAtTheEnd() {
        run.approver = "somebody";
        run.start(inPlace::opened);
        Question question = run.ask("/bin/\33[31mone");
        AskedRun.until(() -> bells.get() == 1);
        assertThat(screens.borrowed.get()).isZero();
        assertThat(inPlace.notes())
                .singleElement()
                .asString()
                .contains(question.id(), "may not answer")
                .doesNotContain("\33");
    }

    @Test
    void anAnswerThatDoesNotCountSaysWhy() {
        run.start(inPlace::opened);
        Question question = run.ask("/bin/one");
        screens.awaitWritten("run /bin/one");
        run.approver = "somebody";
        screens.types("yes " + question.id().substring(0, 4) + "\r");
        screens.awaitWritten(AskedRun.HOLDER + " may not answer for this agent");
        assertThat(run.approvals.open()).hasSize(1);
    }

    @Test
    void quietAsksNoMoreHere() {
        run.start(inPlace::opened);
        run.ask("/bin/one");
        screens.types("quiet\r");
        screens.awaitReturned(1);
        run.ask("/bin/two");
        AskedRun.until(() -> bells.get() == 1);
        assertThat(inPlace.notes()).hasSize(2).last().asString().contains("/bin/two");
        assertThat(screens.borrowed.get()).isEqualTo(1);
    }

    @Test
    void linesForThePersonWaitUntilTheScreenIsBack() {
        List<String> lines = new CopyOnWriteArrayList<>();
        run.start(inPlace::opened);
        run.ask("/bin/one");
        screens.awaitWritten("run /bin/one");
        inPlace.sparing(lines::add).accept("a line");
        assertThat(lines).isEmpty();
        screens.types("later\r");
        AskedRun.until(() -> lines.size() == 1);
        inPlace.sparing(lines::add).accept("another");
        assertThat(lines).containsExactly("a line", "another");
    }
}
