package dev.pawl.gateway.leak.read;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a stream whose first bytes say that it is an archive (gzip or zip). What only looks like one is left at that; one
 * that unpacks to too much is not. Not thread-safe.
 */
final class Sniffed implements View {
    private static final int MAGIC = 4;

    private final Supplier<View> inner;
    private final Budget budget;
    private final byte[] first = new byte[MAGIC];
    private int seen;
    private @Nullable View packed;
    private boolean broken;
    private long position;
    /** Where in the input the archive begins that is read now. */
    private long start;

    /** {@code inner} makes what looks at the contents. */
    Sniffed(Supplier<View> inner, Budget budget) {
        this.inner = inner;
        this.budget = budget;
    }

    @Override
    public void feed(byte[] bytes, int from, int length) throws Unreadable {
        int at = from;
        int end = from + length;
        while (seen < MAGIC && at < end) {
            first[seen++] = bytes[at++];
            if (seen == MAGIC) {
                begin();
            }
        }
        unpack(bytes, at, end - at);
        position += length;
    }

    private void begin() throws Unreadable {
        start = position + seen - MAGIC;
        boolean gzip = first[0] == 0x1f && (first[1] & 0xff) == 0x8b && first[2] == 8;
        boolean zip = first[0] == 'P' && first[1] == 'K' && first[2] == 3 && first[3] == 4;
        if (gzip) {
            packed = new Inflated(Inflated.Wrapper.GZIP, inner, budget);
        } else if (zip) {
            packed = new Unzipped(inner, budget);
        }
        unpack(first, 0, MAGIC);
    }

    private void unpack(byte[] bytes, int from, int length) throws Unreadable {
        if (packed == null || broken) {
            return;
        }
        try {
            packed.feed(bytes, from, length);
        } catch (Unreadable e) {
            ignore(e);
        }
    }

    private void ignore(Unreadable unreadable) throws Unreadable {
        if (unreadable.tooMuch()) {
            throw unreadable;
        }
        broken = true;
    }

    @Override
    public void finish() throws Unreadable {
        if (packed != null && !broken) {
            try {
                packed.finish();
            } catch (Unreadable e) {
                ignore(e);
            }
        }
    }

    @Override
    public void restart() {
        close();
        packed = null;
        broken = false;
        seen = 0;
    }

    @Override
    public long held() {
        return packed == null || broken ? position : Math.min(position, start + packed.held());
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        if (packed != null) {
            packed.close();
        }
    }
}
