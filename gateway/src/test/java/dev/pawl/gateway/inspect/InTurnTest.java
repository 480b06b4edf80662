package dev.pawl.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class InTurnTest {
    private final Queue<Runnable> borrowed = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final InTurn turns = new InTurn(borrowed::add);

    @Test
    void oneThreadDoesAllThatCameMeanwhileInOrder() {
        turns.execute(() -> {
            done.add("first");
            turns.execute(() -> done.add("third"));
        });
        turns.execute(() -> done.add("second"));
        assertThat(borrowed).hasSize(1);
        borrowed.remove().run();
        assertThat(done).containsExactly("first", "second", "third");
        assertThat(borrowed).isEmpty();
    }

    @Test
    void aThreadIsBorrowedAgainForWhatComesLater() {
        turns.execute(() -> done.add("first"));
        borrowed.remove().run();
        turns.execute(() -> done.add("second"));
        borrowed.remove().run();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void whatFailsDoesNotKeepTheOthers() {
        turns.execute(() -> {
            throw new IllegalStateException("no");
        });
        turns.execute(() -> done.add("second"));
        borrowed.remove().run();
        assertThat(done).containsExactly("second");
    }

    @Test
    void whereNoThreadIsLentItIsSaidEachTime() {
        InTurn closed = new InTurn(_ -> {
            throw new RejectedExecutionException("closed");
        });
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> closed.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        }
    }
}
