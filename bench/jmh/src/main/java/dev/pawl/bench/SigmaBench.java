package dev.pawl.bench;

import dev.pawl.core.Event;
import dev.pawl.detect.Pack;
import dev.pawl.detect.SigmaEvents;
import dev.pawl.detect.sigma.RuleSet;
import dev.pawl.detect.sigma.engine.Entry;
import dev.pawl.detect.sigma.engine.Matcher;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One event from Pawl's record to the rules it matches, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SigmaBench {
    /** The Linux rules of the corpus, or so many rules. */
    @Param({"linux", "3200"})
    public String rules = "linux";

    private Event[] events = {};
    private Matcher matcher = RuleSet.of(List.of()).engine().matcher();
    private int next;

    @Setup
    public void load() {
        events = SigmaRules.events().toArray(Event[]::new);
        RuleSet set = RuleSet.of(
                rules.equals("linux") ? SigmaRules.linux() : SigmaRules.many(Integer.parseInt(rules)), Pack.pipeline());
        matcher = set.engine().matcher();
    }

    @Benchmark
    public List<Entry> exec() {
        next = next + 1 == events.length ? 0 : next + 1;
        return matcher.match(SigmaEvents.of(events[next]).orElseThrow());
    }
}
