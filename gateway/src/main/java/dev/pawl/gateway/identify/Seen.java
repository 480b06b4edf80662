package dev.pawl.gateway.identify;

import org.jspecify.annotations.Nullable;

/**
 * What of a flow was seen so far: the beginning of each direction.
 *
 * @param first who spoke first, null while nobody has
 * @param firstOut how many bytes the one side sent before the other's first, and {@code firstIn} the reverse; -1 while
 *     that is open. They depend on the order in which the sides spoke, never on how their bytes were cut.
 */
record Seen(Bytes out, Bytes in, @Nullable Way first, int firstOut, int firstIn) {
    static Seen of(Bytes out, Bytes in) {
        return new Seen(out, in, null, -1, -1);
    }

    Bytes of(Way way) {
        return way == Way.OUT ? out : in;
    }
}
