package dev.pawl.server.money;

import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.core.Purse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The purse of one run over the accounts of its home. Thread-safe. */
final class RunPurse implements Purse {
    /** How much more is set aside at once than asked for, so that a stream of small pieces seldom asks the disk. */
    private static final int AHEAD = 16;

    private final Accounts accounts;
    private final Holder holder;
    private final Supplier<List<Ceiling>> limits;
    private volatile Optional<List<Ceiling>> shown = Optional.empty();

    RunPurse(Accounts accounts, Holder holder, Supplier<List<Ceiling>> limits) {
        this.accounts = accounts;
        this.holder = holder;
        this.limits = limits;
    }

    @Override
    public Reservation reserve(Need need) {
        List<Ceiling> now = limits.get();
        if (need.micros().isEmpty()) {
            Optional<Ceiling> money = now.stream()
                    .filter(ceiling -> ceiling.limit().measure() == Measure.MONEY)
                    .findFirst();
            if (money.isPresent()) {
                return Shortage.unpriced(money.get());
            }
        }
        Optional<List<Ceiling>> news = Optional.of(now);
        Amounts amounts =
                Amounts.bounded(need.calls(), need.tokens(), need.micros().orElse(0L));
        Outcome outcome = accounts.reserve(holder, now, !news.equals(shown), amounts);
        shown = news;
        return switch (outcome) {
            case Shortage shortage -> shortage.exhausted();
            case Slip slip -> new Part(slip, amounts);
        };
    }

    private final class Part implements Granted {
        private final Slip slip;
        private Amounts held;
        private Amounts ahead = Amounts.NONE;
        private boolean ended;

        private Part(Slip slip, Amounts held) {
            this.slip = slip;
            this.held = held;
        }

        @Override
        public synchronized boolean more(long tokens, long micros) {
            if (tokens < 0 || micros < 0) {
                throw new IllegalArgumentException("nobody can need less than nothing");
            }
            if (ended) {
                return false;
            }
            Amounts wanted = Amounts.bounded(0, tokens, micros);
            if (ahead.tokens() < wanted.tokens() || ahead.micros() < wanted.micros()) {
                Amounts much = Amounts.bounded(0, wanted.tokens() * AHEAD, wanted.micros() * AHEAD);
                if (!grown(much) && !grown(wanted)) {
                    return false;
                }
            }
            ahead = ahead.minus(wanted);
            return true;
        }

        private boolean grown(Amounts by) {
            if (!accounts.grow(holder, limits.get(), slip, by)) {
                return false;
            }
            held = held.plus(by);
            ahead = ahead.plus(by);
            return true;
        }

        @Override
        public synchronized void settle(Spent actual) {
            end(Amounts.bounded(actual.calls(), actual.tokens(), actual.micros().orElse(0L)));
        }

        @Override
        public synchronized void release() {
            end(Amounts.NONE);
        }

        /** Where it cannot be written, all that was set aside stays counted, and whoever settles may try again. */
        private void end(Amounts actual) {
            if (!ended) {
                accounts.end(holder, slip, actual.minus(held));
                ended = true;
            }
        }
    }
}
