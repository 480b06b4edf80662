package dev.pawl.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Matter;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeskTest {
    private final Queue<Runnable> borrowed = new ArrayDeque<>();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Books books = new Books();
    private final List<String> heard = new ArrayList<>();
    private final Desk desk = new Desk(books, borrowed::add, loop.eventLoop());

    /** Keeps what it is given at once, and records by the path of files. */
    private static final class Books implements Monitor {
        private final List<List<String>> batches = new ArrayList<>();
        private Runnable meanwhile = () -> {};
        private boolean throwing;

        @Override
        public Judged judge(Attempt attempt, @Nullable ProcessInfo process) {
            throw new UnsupportedOperationException("nothing is judged here");
        }

        @Override
        public Verdict judge(Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding) {
            throw new UnsupportedOperationException("nothing is judged here");
        }

        @Override
        public String record(
                Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
            String path = ((Body.FileAccess) body).path();
            if (path.equals("bad")) {
                throw new IllegalStateException("not this one");
            }
            return "e-" + path;
        }

        @Override
        public List<Matter.Outcome> all(List<Matter> matters) {
            batches.add(matters.stream()
                    .map(matter -> ((Body.FileAccess) ((Matter.Happened) matter).body()).path())
                    .toList());
            meanwhile.run();
            if (throwing) {
                throw new StackOverflowError("as in a monitor that fails");
            }
            return Monitor.super.all(matters);
        }
    }

    private void bring(String path) {
        bring(path, outcome -> heard.add(text(outcome)));
    }

    private void bring(String path, Consumer<Matter.Outcome> then) {
        desk.bring(new Matter.Happened(new Body.FileAccess(path, "read", false), null, null, null), then);
    }

    private static String text(Matter.Outcome outcome) {
        return switch (outcome) {
            case Matter.Outcome.Recorded(String event) -> event;
            case Matter.Outcome.Judged(Monitor.Verdict verdict) -> verdict.toString();
            case Matter.Outcome.Failed(Throwable why) -> String.valueOf(why.getMessage());
        };
    }

    private void turn() {
        loop.runPendingTasks();
        for (Runnable work = borrowed.poll(); work != null; work = borrowed.poll()) {
            work.run();
        }
        loop.runPendingTasks();
    }

    @Test
    void whatComesInOneTurnOfTheLoopGoesTogetherAndInOrder() {
        bring("a");
        bring("b");
        bring("c");
        assertThat(borrowed).isEmpty();
        turn();
        assertThat(books.batches).containsExactly(List.of("a", "b", "c"));
        assertThat(heard).containsExactly("e-a", "e-b", "e-c");
    }

    @Test
    void whatComesWhileTheMonitorIsBusyGoesTogetherNext() {
        bring("a");
        books.meanwhile = () -> {
            books.meanwhile = () -> {};
            bring("b");
            bring("c");
            loop.runPendingTasks();
            assertThat(borrowed).isEmpty();
        };
        turn();
        assertThat(books.batches).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(heard).containsExactly("e-a", "e-b", "e-c");
        bring("d");
        turn();
        assertThat(heard).endsWith("e-d");
    }

    @Test
    void nothingIsHeardBeforeTheMonitorReturned() {
        bring("a");
        books.meanwhile = () -> {
            loop.runPendingTasks();
            assertThat(heard).isEmpty();
        };
        turn();
        assertThat(heard).containsExactly("e-a");
    }

    @Test
    void onePassTakesSoManyAndNoMore() {
        for (int i = 0; i <= Desk.MOST; i++) {
            bring("f" + i);
        }
        turn();
        assertThat(books.batches).hasSize(2);
        assertThat(books.batches.getFirst()).hasSize(Desk.MOST);
        assertThat(heard).hasSize(Desk.MOST + 1).startsWith("e-f0", "e-f1").endsWith("e-f" + Desk.MOST);
    }

    @Test
    void whatFailsDoesNotKeepTheOthers() {
        bring("a");
        bring("bad");
        bring("c", _ -> {
            throw new IllegalStateException("the carrier is broken");
        });
        bring("d");
        turn();
        assertThat(heard).containsExactly("e-a", "not this one", "e-d");
    }

    @Test
    void aMonitorThatFailsIsHeardByEachAndAskedAgain() {
        books.throwing = true;
        bring("a");
        bring("b");
        turn();
        assertThat(heard).containsExactly("as in a monitor that fails", "as in a monitor that fails");
        books.throwing = false;
        bring("c");
        turn();
        assertThat(heard).endsWith("e-c");
    }

    @Test
    void handedOverItDoesNotWaitForTheLoop() {
        bring("a");
        desk.handOver();
        assertThat(borrowed).hasSize(1);
        turn();
        assertThat(books.batches).containsExactly(List.of("a"));
    }

    @Test
    void whereNoThreadIsLentItIsSaidEachTime() {
        Desk closed = new Desk(
                books,
                _ -> {
                    throw new RejectedExecutionException("closed");
                },
                loop.eventLoop());
        for (int i = 0; i < 2; i++) {
            closed.bring(
                    new Matter.Happened(new Body.FileAccess("a", "read", false), null, null, null),
                    outcome -> heard.add(text(outcome)));
            turn();
        }
        assertThat(heard).containsExactly("closed", "closed");
        assertThat(books.batches).isEmpty();
    }
}
