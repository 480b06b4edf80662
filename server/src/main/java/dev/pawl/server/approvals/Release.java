package dev.pawl.server.approvals;

import dev.pawl.core.Act;
import dev.pawl.core.Decision;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Looks once more before a yes lets anything go. Thread-safe. */
final class Release {
    private final Backing backing;

    Release(Backing backing) {
        this.backing = backing;
    }

    /** What an answer means for one attempt at this moment. */
    Outcome check(Ask ask, Question question, Said said) {
        if (!said.yes()) {
            return Outcome.deny("refused", Sentences.no(said, question));
        }
        // First the policy: it looks up where a name leads now, which the description then tells.
        Decision again = ask.again().get();
        if (again.verdict() != Decision.Verdict.ASK) {
            return new Outcome(again, List.of());
        }
        if (!backing.mayAnswer(said.user())) {
            return Outcome.deny("ask.changed", said.user() + " said yes and may no longer answer for this agent");
        }
        try {
            Act now = ask.holding().act();
            Optional<String> change = ActText.change(question.act(), now);
            if (change.isPresent()) {
                return Outcome.deny("ask.changed", "not what " + said.user() + " agreed to: " + change.get());
            }
            return Outcome.allow(said.scope(), Sentences.yes(said, question), addresses(question.act(), now));
        } catch (IOException e) {
            return Outcome.deny("ask.changed", "what would be done can no longer be told: " + e.getMessage());
        }
    }

    private static List<InetAddress> addresses(Act asked, Act now) {
        return asked instanceof Act.Connect before && now instanceof Act.Connect after
                ? ActText.common(before, after)
                : List.of();
    }
}
