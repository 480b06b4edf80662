package dev.pawl.core;

import java.util.List;

/** What can be done to a live run from outside. Thread-safe; every call may be repeated. */
public interface RunControl {
    /**
     * How a stop went; the times are milliseconds since the order was taken.
     *
     * @param flowsMillis until every flow was closed
     * @param killedMillis until the last process was gone
     * @param verifiedMillis until a look at the process table showed none left
     * @param left processes still there; empty when the stop is certain
     */
    record Stopped(double flowsMillis, double killedMillis, double verifiedMillis, int processes, List<Integer> left) {}

    /** How a freeze or resume went. {@code means} is cgroup or signals. */
    record Held(double tookMillis, int processes, String means) {}

    Stopped stop(String actor);

    Held freeze(String actor);

    Held resume(String actor);

    /** Processes and threads groups alive now. */
    int processes();

    /** running, frozen, stopping or ended. */
    String state();
}
