package dev.pawl.gateway.leak.read;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks archives (gzip, zip) wherever in a stream one begins: a part of a form, a message of gRPC. What only looks like one is
 * left at that; one that unpacks to too much is not. Not thread-safe.
 */
final class Sniffed implements View {
    /** Bytes after which it is seen that an archive is none, and looked for the next. */
    private static final int STEP = 512;

    private static final int GZIP = 0x1f8b08;
    private static final int ZIP = 0x504b0304;

    private final Supplier<View> inner;
    private final Budget budget;
    private @Nullable Inflated gzip;
    private @Nullable Unzipped zip;
    private @Nullable Derived current;
    private int recent;
    private long position;
    /** Where in the input the position 0 of the current one lies. */
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
        while (at < end) {
            int next = current == null ? search(bytes, at, end) : unpack(current, bytes, at, end);
            position += next - at;
            at = next;
        }
    }

    private int search(byte[] bytes, int from, int end) throws Unreadable {
        for (int i = from; i < end; i++) {
            // Text has neither.
            if (bytes[i] != 8 && bytes[i] != 4) {
                continue;
            }
            int four = last(bytes, from, i);
            if ((four & 0xffffff) == GZIP) {
                gzip = gzip == null ? new Inflated(Inflated.Wrapper.GZIP, inner, budget) : gzip;
                begin(gzip, 3, four, position + i + 1 - from);
                return i + 1;
            }
            if (four == ZIP) {
                zip = zip == null ? new Unzipped(inner, budget) : zip;
                begin(zip, 4, four, position + i + 1 - from);
                return i + 1;
            }
        }
        recent = last(bytes, from, end - 1);
        return end;
    }

    /** The four bytes that end there, of which some may be of the piece before. */
    private int last(byte[] bytes, int from, int index) {
        int four = recent;
        for (int i = Math.max(from, index - 3); i <= index; i++) {
            four = four << 8 | (bytes[i] & 0xff);
        }
        return four;
    }

    private void begin(Derived archive, int magic, int four, long now) throws Unreadable {
        archive.restart();
        current = archive;
        start = now - magic - archive.position();
        byte[] first = new byte[magic];
        for (int i = 0; i < magic; i++) {
            first[i] = (byte) (four >>> (8 * (magic - 1 - i)));
        }
        recent = 0;
        archive.feed(first, 0, magic);
    }

    private int unpack(Derived archive, byte[] bytes, int from, int end) throws Unreadable {
        int some = Math.min(STEP, end - from);
        try {
            archive.feed(bytes, from, some);
        } catch (Unreadable unreadable) {
            ignore(unreadable);
            return search(bytes, from, from + some);
        }
        return from + some;
    }

    private void ignore(Unreadable unreadable) throws Unreadable {
        if (unreadable.tooMuch()) {
            throw unreadable;
        }
        current = null;
    }

    @Override
    public void finish() throws Unreadable {
        if (current != null) {
            try {
                current.finish();
            } catch (Unreadable unreadable) {
                ignore(unreadable);
            }
        }
    }

    @Override
    public void restart() {
        current = null;
        recent = 0;
    }

    @Override
    public long held() {
        return current == null ? position : Math.min(position, start + current.held());
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        if (gzip != null) {
            gzip.close();
        }
        if (zip != null) {
            zip.close();
        }
    }
}
