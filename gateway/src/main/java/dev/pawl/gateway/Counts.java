package dev.pawl.gateway;

import dev.pawl.gateway.inspect.Traffic;

/** Counts what an inspected flow carries, in the flow's totals and the run's. Used on one event loop. */
record Counts(Relay relay, Wire wire) implements Traffic {
    @Override
    public int allowance(int wanted) {
        return relay.sent().allowance(wanted);
    }

    @Override
    public void sent(int bytes) {
        wire.out().count(bytes);
    }

    @Override
    public void received(int bytes) {
        wire.in().count(bytes);
    }

    @Override
    public void spent() {
        // Not at once: whoever writes is in the middle of something.
        relay.loop().execute(relay::budgetSpent);
    }
}
