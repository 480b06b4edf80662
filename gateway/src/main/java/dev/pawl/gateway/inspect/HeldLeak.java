package dev.pawl.gateway.inspect;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.Holding;
import dev.pawl.core.ProcessInfo;
import java.util.List;

/**
 * A request that waits for a person's answer to what was found in it.
 *
 * @param size bytes of its body that were seen
 * @param content digest of its head and of those
 */
record HeldLeak(Setting setting, Attempt.Leak attempt, long size, String content) implements Holding {
    @Override
    public Act act() {
        Attempt.Request request = attempt.request();
        return new Act.Leak(
                setting.passage().process().exe(),
                request.host(),
                request.port(),
                request.method(),
                request.path(),
                attempt.kind(),
                attempt.place(),
                size,
                content);
    }

    /** Without arguments, which may hold the very text that was found. */
    @Override
    public List<ProcessInfo> chain() {
        ProcessInfo process = setting.passage().process();
        return List.of(new ProcessInfo(
                process.pid(), process.parent(), process.exe(), List.of(), process.cwd(), process.user()));
    }

    @Override
    public boolean waits() {
        return setting.open().getAsBoolean();
    }
}
