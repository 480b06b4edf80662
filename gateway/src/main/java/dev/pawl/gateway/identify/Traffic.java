package dev.pawl.gateway.identify;

import dev.pawl.core.Body;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a flow goes: size and time of the first payloads each way, who spoke first, how long it was quiet. A payload is what
 * one look at the connection found, so several packets may be one. Bounded. Used by one thread.
 */
public final class Traffic {
    /** Payloads of each way that are kept. */
    static final int MOST = 100;

    /** What counts as a pause. */
    static final long PAUSE_MILLIS = 1_000;

    private static final int BEGIN = 4;

    private final long opened;
    private final Payloads out = new Payloads();
    private final Payloads in = new Payloads();
    private @Nullable Way first;
    private long last;
    private long pauses;
    private long longest;

    private static final class Payloads {
        private int[] sizes = new int[0];
        private long[] millis = new long[0];
        private int count;

        void add(int size, long at) {
            if (count == MOST) {
                return;
            }
            if (count == sizes.length) {
                int room = Math.min(MOST, Math.max(BEGIN, 2 * count));
                sizes = Arrays.copyOf(sizes, room);
                millis = Arrays.copyOf(millis, room);
            }
            sizes[count] = size;
            millis[count] = at;
            count++;
        }

        List<Long> sizes() {
            List<Long> list = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                list.add((long) sizes[i]);
            }
            return list;
        }

        List<Long> millis() {
            List<Long> list = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                list.add(millis[i]);
            }
            return list;
        }
    }

    /** @param opened when the flow opened, in milliseconds of the clock that is used from now on */
    public Traffic(long opened) {
        this.opened = opened;
        this.last = opened;
    }

    /** Notes one payload. A clock that was set back counts as one that stood still. */
    public void note(Way way, int size, long now) {
        if (size <= 0) {
            return;
        }
        quiet(now);
        first = first == null ? way : first;
        last = Math.max(last, now);
        (way == Way.OUT ? out : in).add(size, Math.max(0, now - opened));
    }

    private void quiet(long now) {
        long pause = now - last;
        pauses += pause >= PAUSE_MILLIS ? 1 : 0;
        longest = Math.max(longest, pause);
    }

    /** What is known at the end, null where nobody spoke. The silence until then counts as a pause. */
    public Body.@Nullable Course course(long now) {
        if (first == null) {
            return null;
        }
        quiet(now);
        return new Body.Course(first == Way.OUT, out.sizes(), out.millis(), in.sizes(), in.millis(), pauses, longest);
    }
}
