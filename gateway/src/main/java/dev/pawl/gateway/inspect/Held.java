package dev.pawl.gateway.inspect;

import dev.pawl.core.Attempt;
import dev.pawl.core.Holding;

/**
 * What was found in a request, as somebody may decide it, and what she is shown.
 *
 * @param voice how a no is told
 */
record Held(Attempt attempt, Holding holding, Problem.Voice voice) {
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
                yield new Held(leak, new HeldLeak(setting, leak, size, content), Problem.PLAIN);
            }
            case Ruling.Spend spend -> {
                Attempt.Spend attempt =
                        new Attempt.Spend(request, spend.provider(), spend.operation(), spend.change(), spend.price());
                yield new Held(attempt, new HeldSpend(setting, attempt, spend.details(), size, content), spend.voice());
            }
            case Ruling.Pass _, Ruling.Gather _, Ruling.Show _, Ruling.Forward _ -> throw undecided();
            case Ruling.Replace _, Ruling.After _, Ruling.Refuse _ -> throw undecided();
        };
    }

    private static IllegalStateException undecided() {
        return new IllegalStateException("nothing of it is to be decided");
    }
}
