package dev.pawl.gateway;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import org.jspecify.annotations.Nullable;

/** Judges requests only once it is known what is marked: one that leaves before that would not be looked through. */
record AfterMarks(Monitor monitor, Runnable known) implements Monitor {
    @Override
    public Judged judge(Attempt attempt, @Nullable ProcessInfo process) {
        known.run();
        return monitor.judge(attempt, process);
    }

    @Override
    public Verdict judge(Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding) {
        known.run();
        return monitor.judge(attempt, process, cause, holding);
    }

    @Override
    public String record(
            Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
        return monitor.record(body, process, cause, decision);
    }
}
