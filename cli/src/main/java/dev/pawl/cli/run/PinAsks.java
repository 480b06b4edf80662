package dev.pawl.cli.run;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.gateway.mcp.Changes;
import dev.pawl.gateway.mcp.Definition;
import dev.pawl.server.approvals.Ask;
import dev.pawl.server.approvals.Asks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Asks a person whether the agent may see another description of a tool. Once for each in a run. Thread-safe. */
public final class PinAsks implements Changes {
    /** The rule of such a question. */
    static final String RULE = "description-changed";

    /** A server that makes up descriptions without end is not asked about without end. */
    private static final int MOST = 256;

    private final Asks asks;
    private final Monitor monitor;
    private final BooleanSupplier open;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /** {@code open} says whether the run goes on. */
    public PinAsks(Asks asks, Monitor monitor, BooleanSupplier open) {
        this.asks = asks;
        this.monitor = monitor;
        this.open = open;
    }

    @Override
    public void changed(String server, String tool, Definition held, Definition offered, Runnable agreed) {
        if (asked.size() >= MOST || !asked.add(server + "/" + tool + " " + offered.digest())) {
            return;
        }
        Decision decision = Decision.ask(
                RULE,
                server + " describes " + tool + " in another way than before; until then the agent sees the old one");
        Body.Tool body = new Body.Tool(
                server, "@tools/list", Body.Tool.cut(offered.json(), Body.Tool.LONGEST), "description changed");
        String event = monitor.record(body, null, null, decision);
        Attempt.Tool attempt = new Attempt.Tool(server, "@tools/list", "{}", Map.of("name", tool));
        Holding holding = new Holding() {
            @Override
            public Act act() {
                return new Act.Definition(server, tool, offered.json(), offered.digest(), held.digest());
            }

            @Override
            public List<ProcessInfo> chain() {
                return List.of();
            }

            @Override
            public boolean waits() {
                return open.getAsBoolean();
            }
        };
        asks.ask(new Ask(attempt, decision, event, holding, () -> decision, open, outcome -> {
            monitor.record(body, null, event, outcome.decision());
            if (outcome.decision().allowed()) {
                agreed.run();
            } else {
                asked.remove(server + "/" + tool + " " + offered.digest());
            }
        }));
    }
}
