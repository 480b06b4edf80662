package dev.pawl.gateway.inspect;

import dev.pawl.core.Answer;
import dev.pawl.core.Attempt;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor.Judged;
import dev.pawl.core.Monitor.Verdict;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has the attempts of one request judged, one at a time, and waits for a person where one is asked. Used on one event loop. */
final class Asked {
    private final Setting setting;
    private final BooleanSupplier waits;
    private @Nullable Answer answer;

    /** {@code waits} says whether what is judged is still of interest. */
    Asked(Setting setting, BooleanSupplier waits) {
        this.setting = setting;
        this.waits = waits;
    }

    /**
     * Has one judged off the loop.
     *
     * @param cause event that led to it
     * @param then gets what was decided in the end, once it is on record
     * @param failed gets what went wrong instead
     */
    void ask(
            Attempt attempt,
            Holding holding,
            String cause,
            Consumer<Judged> then,
            Consumer<@Nullable Throwable> failed) {
        setting.ask(
                () -> setting.monitor().judge(attempt, setting.passage().process(), cause, holding),
                (verdict, broken) -> {
                    if (verdict == null) {
                        failed.accept(broken);
                    } else {
                        judged(verdict, then);
                    }
                });
    }

    private void judged(Verdict verdict, Consumer<Judged> then) {
        Optional<Answer> later = verdict.answer();
        if (!waits.getAsBoolean()) {
            later.ifPresent(Answer::giveUp);
        } else if (later.isPresent()) {
            answer = later.get();
            later.get().then(outcome -> setting.onLoop(() -> settled(outcome, then)));
        } else {
            settled(verdict.now(), then);
        }
    }

    private void settled(Judged judged, Consumer<Judged> then) {
        answer = null;
        if (waits.getAsBoolean()) {
            then.accept(judged);
        }
    }

    /** Nobody waits for an answer any more. */
    void giveUp() {
        if (answer != null) {
            answer.giveUp();
            answer = null;
        }
    }
}
