package dev.pawl.gateway.leak.read;

import java.util.function.Supplier;

/**
 * Unpacks gzip (RFC 1952, all members), zlib (RFC 1950) or bare deflate. Not thread-safe; {@link #close} gives native
 * memory back.
 */
final class Inflated extends Derived {
    /** What stands around the packed data. */
    enum Wrapper {
        GZIP,
        /** As {@code deflate} of HTTP, which some senders take to be bare. */
        ZLIB_OR_BARE
    }

    private enum Part {
        HEAD,
        EXTRA,
        NAME,
        COMMENT,
        CHECK,
        DATA,
        TAIL
    }

    private static final int GZIP_HEAD = 10;
    private static final int LONGEST_NAME = 4096;

    private final Wrapper wrapper;
    private final Inflating inflating = new Inflating(true);
    private final byte[] head = new byte[GZIP_HEAD];
    private Part part = Part.HEAD;
    /** Bytes of the current part. */
    private int seen;

    private int extra;
    private int members;

    Inflated(Wrapper wrapper, Supplier<View> inner, Budget budget) {
        super(inner, budget);
        this.wrapper = wrapper;
    }

    @Override
    void step(byte[] bytes, int from, int length) throws Unreadable {
        int at = from;
        int end = from + length;
        while (at < end) {
            at = switch (part) {
                case HEAD -> wrapper == Wrapper.GZIP ? gzipHead(bytes, at) : zlibHead(bytes, at);
                case EXTRA, NAME, COMMENT, CHECK -> field(bytes, at);
                case DATA -> data(bytes, at, end);
                case TAIL -> tail(at);
            };
        }
    }

    private int gzipHead(byte[] bytes, int at) throws Unreadable {
        head[seen++] = bytes[at];
        if (seen == GZIP_HEAD) {
            if (head[0] != 0x1f || (head[1] & 0xff) != 0x8b || head[2] != 8) {
                throw new Unreadable(
                        members == 0 ? "The body is not what gzip makes." : "Something follows the gzip data.");
            }
            go(Part.EXTRA);
        }
        return at + 1;
    }

    private int zlibHead(byte[] bytes, int at) {
        boolean zlib = (bytes[at] & 0x0f) == 8 && (bytes[at] & 0xf0) <= 0x70;
        inflating.become(!zlib);
        part = Part.DATA;
        return at;
    }

    /** Goes to a part, or past it where the flags of the head say that it is missing. */
    private void go(Part to) {
        part = to;
        seen = 0;
        int flag = switch (to) {
            case EXTRA -> 4;
            case NAME -> 8;
            case COMMENT -> 16;
            case CHECK -> 2;
            case HEAD, DATA, TAIL -> 0;
        };
        if (flag != 0 && (head[3] & flag) == 0) {
            go(behind(to));
        }
    }

    private static Part behind(Part part) {
        return switch (part) {
            case HEAD -> Part.EXTRA;
            case EXTRA -> Part.NAME;
            case NAME -> Part.COMMENT;
            case COMMENT -> Part.CHECK;
            case CHECK -> Part.DATA;
            case DATA -> Part.TAIL;
            case TAIL -> Part.HEAD;
        };
    }

    private int field(byte[] bytes, int at) throws Unreadable {
        seen++;
        boolean over = switch (part) {
            case EXTRA -> {
                extra = seen == 1 ? bytes[at] & 0xff : seen == 2 ? extra | (bytes[at] & 0xff) << 8 : extra;
                yield seen >= 2 && seen == extra + 2;
            }
            case NAME, COMMENT -> bytes[at] == 0;
            case CHECK -> seen == 2;
            case HEAD, DATA, TAIL -> true;
        };
        // Names and comments are sent as well, and may hold anything.
        emit(bytes, at, 1);
        if (seen > LONGEST_NAME && (part == Part.NAME || part == Part.COMMENT)) {
            throw new Unreadable("The gzip data has a name of more than " + LONGEST_NAME + " bytes.");
        }
        if (over) {
            go(behind(part));
        }
        return at + 1;
    }

    private int data(byte[] bytes, int at, int end) throws Unreadable {
        inflating.give(bytes, at, end - at);
        for (int made = inflating.next(); made > 0; made = inflating.next()) {
            emit(inflating.out, 0, made);
        }
        if (inflating.broken()) {
            finishInner();
            throw new Unreadable("The body is not what its coding says.");
        }
        int next = end - inflating.rest();
        if (inflating.finished()) {
            // Members are one text: what is cut by the end of one goes on in the next.
            part = Part.TAIL;
            seen = 0;
        }
        return next;
    }

    private int tail(int at) throws Unreadable {
        if (wrapper != Wrapper.GZIP) {
            throw new Unreadable("Something follows the packed data.");
        }
        if (++seen == 8) {
            members++;
            part = Part.HEAD;
            seen = 0;
            inflating.restart();
        }
        return at + 1;
    }

    @Override
    void end() throws Unreadable {
        boolean whole = part == Part.TAIL ? wrapper != Wrapper.GZIP : part == Part.HEAD && seen == 0;
        finishInner();
        if (!whole) {
            throw new Unreadable("The packed data is cut off.");
        }
    }

    @Override
    public void restart() {
        restartInner();
        inflating.restart();
        part = Part.HEAD;
        seen = 0;
        members = 0;
    }

    @Override
    public void close() {
        super.close();
        inflating.close();
    }
}
