package dev.pawl.gateway.model;

import dev.pawl.core.Egress;
import dev.pawl.core.Monitor;
import dev.pawl.core.Purse;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Outgoing;
import java.util.concurrent.Executor;

/**
 * Looks at the calls of models that one run makes: what they may cost is set aside before they go on, what they answer is
 * counted and recorded, and a tool that a model calls is on record before the agent hears of it. Thread-safe.
 */
public final class ModelDesk implements Outgoing.Factory {
    private final Monitor monitor;
    private final Executor blocking;
    private final Purse purse;
    private final Prices prices = Prices.known();

    /** {@code blocking} is where monitor and purse are called once a request is over. */
    public ModelDesk(Monitor monitor, Executor blocking, Purse purse) {
        this.monitor = monitor;
        this.blocking = blocking;
        this.purse = purse;
    }

    @Override
    public boolean concerns(Egress.Passage passage, Head head, String path) {
        return Wire.of(head.method(), path).isPresent();
    }

    @Override
    public Outgoing open(Egress.Passage passage, String flow) {
        return new Metered(new Account(monitor, purse, prices, passage), blocking);
    }
}
