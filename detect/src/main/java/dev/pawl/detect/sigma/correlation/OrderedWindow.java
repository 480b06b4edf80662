package dev.pawl.detect.sigma.correlation;

import dev.pawl.detect.sigma.rule.Correlation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All rules, or the first of them as the condition allows, within one span and in their order. For each rule the chain
 * that ends with it and began last is kept: if that one is too old, every other one is. An event that matches several
 * rules takes one step only. Begins anew once it has matched.
 */
final class OrderedWindow implements Window {
    private final Correlation correlation;
    private final @Nullable Chain[] chains;

    /** Matches of the first rules in order. */
    private record Chain(Instant began, Instant ended, List<List<String>> evidence) {}

    OrderedWindow(Correlation correlation) {
        this.correlation = correlation;
        this.chains = new @Nullable Chain[correlation.rules().size()];
    }

    @Override
    public Optional<List<String>> add(Seen seen) {
        for (int rule : seen.rules().reversed()) {
            Chain chain = longer(rule, seen);
            if (chain == null) {
                continue;
            }
            if (complete(rule + 1)) {
                Arrays.fill(chains, null);
                return Optional.of(Window.evidence(chain.evidence()));
            }
            Chain old = chains[rule];
            if (old == null || !chain.began().isBefore(old.began())) {
                chains[rule] = chain;
            }
        }
        return Optional.empty();
    }

    private @Nullable Chain longer(int rule, Seen seen) {
        if (rule == 0) {
            return new Chain(seen.time(), seen.time(), List.of(seen.evidence()));
        }
        Chain before = chains[rule - 1];
        if (before == null
                || seen.time().isBefore(before.ended())
                || !Window.within(before.began(), seen.time(), correlation.timespan())) {
            return null;
        }
        List<List<String>> evidence = new ArrayList<>(before.evidence());
        evidence.add(seen.evidence());
        return new Chain(before.began(), seen.time(), evidence);
    }

    private boolean complete(int length) {
        return correlation.condition() == null
                ? length == chains.length
                : correlation.condition().holds(length);
    }

    @Override
    public int size() {
        int size = 0;
        for (Chain chain : chains) {
            size += chain == null ? 0 : chain.evidence().size();
        }
        return size;
    }
}
