package dev.pawl.gateway.leak.read;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A view that reads what its input stands for, and has another look at that. Not thread-safe. */
abstract class Derived implements View {
    /** Bytes of input that are worked on at once: as exactly is it known what output they led to. */
    static final int STEP = 2048;

    private final Supplier<View> make;
    private @Nullable View inner;
    private final Budget budget;
    private final Trail trail = new Trail();
    private long position;
    private long settled;

    /** {@code make}: what looks at the output, made when there is some. */
    Derived(Supplier<View> make, Budget budget) {
        this.make = make;
        this.budget = budget;
    }

    /** Works on some input, of which at most {@value #STEP} bytes. */
    abstract void step(byte[] bytes, int from, int length) throws Unreadable;

    /** Works on the end of the input. */
    abstract void end() throws Unreadable;

    /** Place from which on input is kept here and has led to no output yet, or the position. */
    long pending() {
        return position;
    }

    @Override
    public final void feed(byte[] bytes, int from, int length) throws Unreadable {
        for (int at = from; at < from + length; at += STEP) {
            int some = Math.min(STEP, from + length - at);
            trail.mark(Math.min(pending(), position), inner == null ? 0 : inner.position());
            step(bytes, at, some);
            position += some;
        }
    }

    @Override
    public final void finish() throws Unreadable {
        end();
    }

    @Override
    public final long held() {
        long pending = Math.min(position, pending());
        if (inner == null || inner.held() >= inner.position()) {
            return pending;
        }
        // What was let go once is gone, and of no use to the trail any more.
        settled = Math.max(settled, inner.held());
        return Math.min(pending, trail.inputOf(settled, 0));
    }

    @Override
    public final long position() {
        return position;
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }

    final void emit(byte[] bytes, int from, int length) throws Unreadable {
        if (length > 0) {
            budget.spend(length);
            if (inner == null) {
                inner = make.get();
            }
            inner.feed(bytes, from, length);
        }
    }

    /** What was emitted is left as it is. */
    final void restartInner() {
        if (inner != null) {
            inner.restart();
        }
    }

    /** What was emitted is whole, and nothing follows. */
    final void finishInner() throws Unreadable {
        if (inner != null) {
            inner.finish();
        }
    }

    /** What was emitted is whole; what follows is another. */
    final void endOfOne() throws Unreadable {
        if (inner != null) {
            inner.finish();
            inner.restart();
        }
    }
}
