package dev.pawl.gateway;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Matter;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import java.util.List;
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
    public List<Matter.Outcome> all(List<Matter> matters) {
        try {
            for (Matter matter : matters) {
                if (matter instanceof Matter.Tried) {
                    known.run();
                    break;
                }
            }
        } catch (RuntimeException e) {
            return matters.stream().map(matter -> without(matter, e)).toList();
        }
        return monitor.all(matters);
    }

    /** What is tried fails; what happened is recorded all the same. */
    private Matter.Outcome without(Matter matter, RuntimeException failure) {
        return switch (matter) {
            case Matter.Tried _ -> new Matter.Outcome.Failed(failure);
            case Matter.Happened(Body body, ProcessInfo process, String cause, Decision decision) ->
                new Matter.Outcome.Recorded(monitor.record(body, process, cause, decision));
        };
    }

    @Override
    public String record(
            Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
        return monitor.record(body, process, cause, decision);
    }
}
