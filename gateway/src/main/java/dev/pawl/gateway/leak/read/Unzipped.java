package dev.pawl.gateway.leak.read;

import java.util.function.Supplier;

/**
 * Unpacks the deflated members of a zip archive as they come, by their local headers. Stored members need no unpacking, and other
 * methods are not known. Not thread-safe.
 */
final class Unzipped extends Derived {
    private enum Part {
        SEARCH,
        HEAD,
        NAME,
        DATA
    }

    private static final int SIGNATURE = 0x504b0304;
    private static final int HEAD = 26;
    private static final int DEFLATED = 8;

    private final Inflating inflating = new Inflating(true);
    private final byte[] head = new byte[HEAD];
    private Part part = Part.SEARCH;
    private int recent;
    private int seen;

    Unzipped(Supplier<View> inner, Budget budget) {
        super(inner, budget);
    }

    @Override
    void step(byte[] bytes, int from, int length) throws Unreadable {
        int at = from;
        int end = from + length;
        while (at < end) {
            at = switch (part) {
                case SEARCH -> search(bytes, at, end);
                case HEAD -> head(bytes[at], at);
                case NAME -> name(at, end);
                case DATA -> data(bytes, at, end);
            };
        }
    }

    private int search(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            recent = recent << 8 | (bytes[i] & 0xff);
            if (recent == SIGNATURE) {
                go(Part.HEAD);
                return i + 1;
            }
        }
        return end;
    }

    private int head(byte b, int at) {
        head[seen++] = b;
        if (seen == HEAD) {
            go(Part.NAME);
            skipped();
        }
        return at + 1;
    }

    /** Names are seen as they stand. */
    private int name(int at, int end) {
        int rest = number(22) + number(24) - seen;
        int some = Math.min(rest, end - at);
        seen += some;
        skipped();
        return at + some;
    }

    private void skipped() {
        if (seen == number(22) + number(24)) {
            inflating.restart();
            go(number(4) == DEFLATED ? Part.DATA : Part.SEARCH);
        }
    }

    private int data(byte[] bytes, int at, int end) throws Unreadable {
        inflating.give(bytes, at, end - at);
        for (int made = inflating.next(); made > 0; made = inflating.next()) {
            emit(inflating.out, 0, made);
        }
        int next = end - inflating.rest();
        if (inflating.finished() || inflating.broken()) {
            endOfOne();
            go(Part.SEARCH);
        }
        return next;
    }

    private void go(Part to) {
        part = to;
        seen = 0;
        recent = 0;
    }

    private int number(int at) {
        return (head[at] & 0xff) | (head[at + 1] & 0xff) << 8;
    }

    @Override
    void end() throws Unreadable {
        endOfOne();
    }

    @Override
    public void restart() {
        restartInner();
        go(Part.SEARCH);
    }

    @Override
    public void close() {
        super.close();
        inflating.close();
    }
}
