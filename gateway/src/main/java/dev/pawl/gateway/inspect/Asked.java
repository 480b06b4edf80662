package dev.pawl.gateway.inspect;

import dev.pawl.core.Answer;
import dev.pawl.core.Attempt;
import dev.pawl.core.Holding;
import dev.pawl.core.Matter;
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
    void ask(Attempt attempt, Holding holding, String cause, Consumer<Judged> then, Consumer<Throwable> failed) {
        setting.ask(attempt, cause, holding, outcome -> {
            switch (outcome) {
                case Matter.Outcome.Judged(Verdict verdict) -> judged(verdict, then);
                case Matter.Outcome.Failed(Throwable why) -> failed.accept(why);
                case Matter.Outcome.Recorded(String event) ->
                    failed.accept(new IllegalStateException("recorded as " + event + ", and not judged"));
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
