package dev.pawl.gateway.inspect;

import dev.pawl.core.Attempt;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor.Judged;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a request, as somebody may decide it, and what she is shown.
 *
 * @param voice how a no is told
 * @param deed hears that it may go on; null where nobody does
 */
record Held(
        Attempt attempt,
        Holding holding,
        Problem.Voice voice,
        @Nullable Deed deed) {
    /**
     * Of what somebody who looked said.
     *
     * @param request as decided
     * @param size bytes of its body that were seen
     * @param content digest of its head and of those
     */
    static Held of(Setting setting, Ruling found, Attempt.Request request, long size, String content) {
        return switch (found) {
            case Ruling.Hold(String kind, String place, boolean shown) -> {
                Attempt.Request told = shown ? request : new Attempt.Request(request.host(), request.port(), "", "");
                Attempt.Leak leak = new Attempt.Leak(told, kind, place);
                yield new Held(leak, new HeldLeak(setting, leak, size, content), Problem.PLAIN, null);
            }
            case Ruling.Spend spend -> {
                Attempt.Spend attempt =
                        new Attempt.Spend(request, spend.provider(), spend.operation(), spend.change(), spend.price());
                yield new Held(
                        attempt, new HeldSpend(setting, attempt, spend.details(), size, content), spend.voice(), null);
            }
            case Ruling.Decide(Deed deed) -> new Held(deed.attempt(), deed.holding(setting.open()), deed.voice(), deed);
            case Ruling.Pass _, Ruling.Gather _, Ruling.Show _, Ruling.Forward _ -> throw undecided();
            case Ruling.Replace _, Ruling.After _, Ruling.Refuse _ -> throw undecided();
        };
    }

    /** It may go on. */
    void allowed(Judged judged) {
        if (deed != null) {
            deed.allowed(judged);
        }
    }

    private static IllegalStateException undecided() {
        return new IllegalStateException("nothing of it is to be decided");
    }
}
