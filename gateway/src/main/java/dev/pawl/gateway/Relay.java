package dev.pawl.gateway;

import dev.pawl.core.Advisor;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress.Passage;
import dev.pawl.core.Ulid;
import dev.pawl.gateway.inspect.Inspector;
import dev.pawl.gateway.inspect.Problem;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Brings together accepted sockets and announced passages by source address, each used once, and owns the flows: all
 * those of a run, or a share of them. Everything here happens on one event loop, but for the constructor.
 */
final class Relay {
    /** How long an accepted connection waits to be announced. */
    static final int WAIT_SECONDS = 2;

    /** How long a caller of {@link #now} waits at most. */
    private static final int PATIENCE_MILLIS = 1_000;

    static final int MAX_WAITING = 256;
    static final int MAX_ANNOUNCED = 4_096;
    /** Flows one run may have open; two descriptors each. */
    static final int MAX_FLOWS = 4_096;

    private final IoEventLoop loop;
    private final Destinations destinations;
    private final Recorder recorder;
    private final Clock clock;
    private final Ulid ids;
    private final Advisor advisor;
    private final Meter sent;
    private final Supplier<Inspector> inspector;
    private final Meter received = new Meter(Long.MAX_VALUE);
    private final Pipes pipes = new Pipes();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(Problem.MAX_BYTES);

    private final Bounded<InetSocketAddress, Passage> announced = new Bounded<>(MAX_ANNOUNCED);
    private final Map<InetSocketAddress, Waiting> waiting = new HashMap<>();
    private final Set<Flow> flows = new HashSet<>();
    private final int maxFlows;
    private boolean paused;
    private boolean cut;
    private boolean spent;

    private record Waiting(Side agent, ScheduledFuture<?> timer) {}

    /** {@code share} is how many relays there are in the run. */
    Relay(
            IoEventLoop loop,
            Destinations destinations,
            Recorder recorder,
            Advisor advisor,
            Clock clock,
            Meter sent,
            Supplier<Inspector> inspector,
            int share) {
        this.inspector = inspector;
        this.maxFlows = MAX_FLOWS / share;
        this.loop = loop;
        this.destinations = destinations;
        this.recorder = recorder;
        this.advisor = advisor;
        this.clock = clock;
        this.ids = new Ulid(clock);
        this.sent = sent;
    }

    /** Announces who comes from {@code source}. */
    void expect(InetSocketAddress source, Passage passage) {
        if (cut) {
            return;
        }
        Waiting here = waiting.remove(source);
        if (here == null) {
            announced.put(source, passage);
        } else {
            here.timer().cancel(false);
            begin(here.agent(), passage);
        }
    }

    /** Takes over a connection of the agent. */
    void accepted(LinuxSocket socket, InetSocketAddress source) {
        Side agent = new Side(socket);
        if (cut) {
            agent.reset();
            return;
        }
        Passage passage = announced.remove(source);
        if (passage != null) {
            begin(agent, passage);
        } else if (waiting.size() >= MAX_WAITING) {
            agent.reset();
        } else {
            ScheduledFuture<?> timer = loop.schedule(() -> unannounced(source, agent), WAIT_SECONDS, TimeUnit.SECONDS);
            Waiting older = waiting.put(source, new Waiting(agent, timer));
            if (older != null) {
                older.timer().cancel(false);
                older.agent().reset();
            }
        }
    }

    private void unannounced(InetSocketAddress source, Side agent) {
        waiting.remove(source);
        agent.reset();
    }

    private void begin(Side agent, Passage passage) {
        if (cut) {
            agent.reset();
            return;
        }
        if (flows.size() >= maxFlows) {
            agent.reset();
            recorder.record(
                    FlowBody.never(passage.target()),
                    passage.process(),
                    passage.judged().event(),
                    Refusals.deny(
                            Refusals.TOO_MANY_FLOWS,
                            null,
                            "A run has at most %d connections open.".formatted(MAX_FLOWS)));
            return;
        }
        Flow flow = new Flow(this, agent, passage);
        flows.add(flow);
        flow.start();
    }

    void forget(Flow flow) {
        flows.remove(flow);
    }

    /** Ends every flow, once, and says so on record; the listeners stay, to refuse at once what still comes. */
    void budgetSpent() {
        if (spent) {
            return;
        }
        spent = true;
        List<Flow> all = List.copyOf(flows);
        int count = (int) all.stream().filter(Flow::budgetSpent).count();
        String detail =
                "The egress budget is spent: %d bytes were sent, %d flows were cut.".formatted(sent.total(), count);
        recorder.record(new Body.Control("budget", "gateway", null, detail), null, null, null);
    }

    /** Resets every flow, takes no more, and returns how many flows there were. May be repeated. */
    int cut() {
        cut = true;
        for (Waiting here : waiting.values()) {
            here.timer().cancel(false);
            here.agent().reset();
        }
        waiting.clear();
        announced.clear();
        int count = resetAll();
        pipes.close();
        return count;
    }

    private int resetAll() {
        List<Flow> all = List.copyOf(flows);
        all.forEach(flow -> flow.end(true, null));
        return all.size();
    }

    void pause(boolean stop) {
        paused = stop;
        List.copyOf(flows).forEach(flow -> flow.pause(stop));
    }

    /** The denial of a run that has sent all it may. */
    Decision spentDenial() {
        return Refusals.deny(
                Refusals.BUDGET,
                null,
                "The %d bytes this run may send are spent; raise budget.egress.".formatted(sent.total()));
    }

    boolean paused() {
        return paused;
    }

    /** Does something on the loop before the caller goes on, or for at most a second. */
    void now(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.submit(action).awaitUninterruptibly(PATIENCE_MILLIS);
        }
    }

    IoEventLoop loop() {
        return loop;
    }

    Inspector inspector() {
        return inspector.get();
    }

    Destinations destinations() {
        return destinations;
    }

    Advisor advisor() {
        return advisor;
    }

    Recorder recorder() {
        return recorder;
    }

    Clock clock() {
        return clock;
    }

    Ulid ids() {
        return ids;
    }

    Meter sent() {
        return sent;
    }

    Meter received() {
        return received;
    }

    Pipes pipes() {
        return pipes;
    }

    /** Room for {@value Problem#MAX_BYTES} bytes on their way through this process; free between calls. */
    ByteBuffer scratch() {
        return scratch;
    }
}
