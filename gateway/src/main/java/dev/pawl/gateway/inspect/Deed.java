package dev.pawl.gateway.inspect;

import dev.pawl.core.Attempt;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor.Judged;
import java.util.function.BooleanSupplier;

/** Something a request does that is decided by itself: by the policy, and a person where that says so. Used on one event loop. */
public interface Deed {
    Attempt attempt();

    /** What a person is asked about; {@code open} says whether the connection still stands. Used on other threads too. */
    Holding holding(BooleanSupplier open);

    /** It is on record that it may go on. */
    void allowed(Judged judged);

    /** In whose words a denial is told. */
    Problem.Voice voice();
}
