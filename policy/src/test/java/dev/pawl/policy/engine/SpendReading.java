package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision.Verdict;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Price;
import dev.pawl.core.Spending;
import dev.pawl.policy.engine.Reading.Told;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one grant says of a call that costs money, without Cedar. */
final class SpendReading {
    private SpendReading() {}

    /** What applies, in its order. */
    static Stream<Told> of(HostGrant grant, Attempt.Spend spend) {
        if (grant.inspection().isEmpty()) {
            return Stream.empty();
        }
        Spending spending = grant.inspection().get().spending();
        Stream<Told> named = spending.allow().stream()
                .filter(allowed -> allowed.provider().equals(spend.provider())
                        && spend.operation().matches(pattern(allowed.operation()))
                        && within(allowed.most(), spend.price()))
                .map(allowed -> new Told(Verdict.ALLOW, allowed.id(), null));
        String rest = grant.id() + ".spend";
        return switch (spending.otherwise()) {
            case DENY -> named;
            case ASK -> Stream.concat(named, Stream.of(new Told(Verdict.ASK, rest, null)));
            case ALLOW -> Stream.concat(named, Stream.of(new Told(Verdict.ALLOW, rest, null)));
        };
    }

    private static String pattern(String operation) {
        return Stream.of(operation.split("\\*", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + ".*" + b)
                .orElseThrow();
    }

    private static boolean within(Optional<Price> most, Optional<Price> price) {
        return most.isEmpty()
                || price.filter(known -> known.currency().equals(most.get().currency())
                                && known.per() == most.get().per()
                                && known.micros() <= most.get().micros())
                        .isPresent();
    }
}
