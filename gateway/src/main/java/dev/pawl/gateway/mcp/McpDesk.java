package dev.pawl.gateway.mcp;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Inspection;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.ToolGrants;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.inspect.Ruling;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads MCP over HTTP under grants that say which server is behind them, for one run. Thread-safe. */
public final class McpDesk implements Outgoing.Factory {
    /** Of grants without a server of tools. */
    private static final Outgoing NOTHING = new Outgoing() {
        @Override
        public Ruling head(Head head) {
            return new Ruling.Pass(head);
        }

        @Override
        public Ruling body(ByteBuf part, boolean last) {
            return new Ruling.Forward(part.readableBytes());
        }
    };

    private final Monitor monitor;
    private final Executor blocking;
    private final Pins pins;
    private final Changes changes;
    private final Supplier<ToolGrants> grants;

    /**
     * @param blocking where events are recorded that nobody waits for
     * @param grants as they are now
     */
    public McpDesk(Monitor monitor, Executor blocking, Pins pins, Changes changes, Supplier<ToolGrants> grants) {
        this.monitor = monitor;
        this.blocking = blocking;
        this.pins = pins;
        this.changes = changes;
        this.grants = grants;
    }

    @Override
    public Outgoing open(Egress.Passage passage, String flow) {
        return passage.terms()
                .inspection()
                .flatMap(Inspection::mcp)
                .<Outgoing>map(server -> new HttpTalk(
                        server,
                        passage.process(),
                        grants.get().answer(),
                        new Lists(server, pins, changes, () -> {}),
                        (body, cause, decision) -> record(passage.process(), body, cause, decision)))
                .orElse(NOTHING);
    }

    private void record(ProcessInfo process, Body body, @Nullable String cause, @Nullable Decision decision) {
        blocking.execute(() -> {
            var _ = monitor.record(body, process, cause, decision);
        });
    }
}
