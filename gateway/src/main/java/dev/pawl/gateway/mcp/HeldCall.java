package dev.pawl.gateway.mcp;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.Holding;
import dev.pawl.core.ProcessInfo;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A call that waits for a person's answer, bound to the very bytes of its arguments. */
record HeldCall(Attempt.Tool call, ProcessInfo process, BooleanSupplier open) implements Holding {
    @Override
    public Act act() {
        return new Act.Tool(call.server(), call.tool(), call.arguments(), Definition.sha256(call.arguments()));
    }

    @Override
    public List<ProcessInfo> chain() {
        return List.of(process);
    }

    @Override
    public boolean waits() {
        return open.getAsBoolean();
    }
}
