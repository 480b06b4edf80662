package dev.pawl.gateway.testing;

import dev.pawl.core.Purse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** So many tokens, in memory. Thread-safe. */
public final class TestPurse implements Purse {
    /** What was settled, in order. */
    public final List<Spent> spent = new CopyOnWriteArrayList<>();

    /** What was asked for, in order. */
    public final List<Need> needs = new CopyOnWriteArrayList<>();

    private long left;

    public TestPurse(long tokens) {
        left = tokens;
    }

    /** What is neither spent nor set aside. */
    public synchronized long left() {
        return left;
    }

    private synchronized boolean take(long tokens) {
        boolean enough = tokens <= left;
        left -= enough ? tokens : 0;
        return enough;
    }

    private synchronized void back(long tokens) {
        left += tokens;
    }

    @Override
    public Reservation reserve(Need need) {
        needs.add(need);
        if (!take(need.tokens())) {
            return new Exhausted("budget.test", "The test allows no more tokens.", Optional.empty());
        }
        return new Granted() {
            private long reserved = need.tokens();

            @Override
            public boolean more(long tokens, long micros) {
                boolean enough = take(tokens);
                reserved += enough ? tokens : 0;
                return enough;
            }

            @Override
            public void settle(Spent actual) {
                spent.add(actual);
                back(reserved - actual.tokens());
            }

            @Override
            public void release() {
                back(reserved);
            }
        };
    }
}
