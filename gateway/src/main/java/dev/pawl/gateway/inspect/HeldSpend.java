package dev.pawl.gateway.inspect;

import dev.pawl.core.Act;
import dev.pawl.core.Attempt;
import dev.pawl.core.Holding;
import dev.pawl.core.Price;
import dev.pawl.core.ProcessInfo;
import java.util.List;

/**
 * A request that costs money and waits for a person's answer.
 *
 * @param details what tells how much is bought
 * @param size bytes of its body, which is whole
 * @param content digest of its head and of those
 */
record HeldSpend(Setting setting, Attempt.Spend attempt, List<String> details, long size, String content)
        implements Holding {
    HeldSpend {
        details = List.copyOf(details);
    }

    @Override
    public Act act() {
        Attempt.Request request = attempt.request();
        return new Act.Spend(
                setting.passage().process().exe(),
                request.host(),
                request.port(),
                request.method(),
                request.path(),
                attempt.provider(),
                attempt.operation(),
                attempt.change(),
                attempt.price().map(Price::text).orElse(""),
                details,
                size,
                content);
    }

    @Override
    public List<ProcessInfo> chain() {
        return List.of(setting.passage().process());
    }

    @Override
    public boolean waits() {
        return setting.open().getAsBoolean();
    }
}
