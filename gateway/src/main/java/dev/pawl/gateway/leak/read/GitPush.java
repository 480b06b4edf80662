package dev.pawl.gateway.leak.read;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Reads what {@code git push} sends: commands as packet lines, then a pack (gitformat-pack, version 2 or 3) whose objects it
 * unpacks; of an object that is a difference to another, what it adds. Not thread-safe.
 */
final class GitPush extends Derived {
    private enum Part {
        LENGTH,
        LINE,
        PACK_HEAD,
        OBJECT_HEAD,
        OFFSET,
        BASE,
        DATA,
        TRAILER
    }

    private static final String[] TYPES = {
        "", "git commit", "git tree", "git blob", "git tag", "", "git object", "git object"
    };
    private static final int OFFSET_DELTA = 6;
    private static final int REFERENCE_DELTA = 7;
    private static final int PACK_HEAD = 8;
    private static final byte[] SHA256 = "object-format=sha256".getBytes(StandardCharsets.US_ASCII);

    private final Place place;
    private final Inflating inflating = new Inflating(false);
    private final Delta delta = new Delta();
    private Part part = Part.LENGTH;
    private int seen;
    private long number;
    private boolean flushed;
    private boolean anyLine;
    private int matched;
    private int hash = 20;
    private long objects;
    private int type;

    GitPush(Place place, Supplier<View> inner, Budget budget) {
        super(inner, budget);
        this.place = place;
        place.become("git command");
    }

    @Override
    void step(byte[] bytes, int from, int length) throws Unreadable {
        int at = from;
        int end = from + length;
        while (at < end) {
            switch (part) {
                case LENGTH -> length(bytes[at++]);
                case LINE -> at = line(bytes, at, end);
                case PACK_HEAD -> packHead(bytes[at++]);
                case OBJECT_HEAD -> objectHead(bytes[at++]);
                case OFFSET -> offset(bytes[at++]);
                case BASE -> at = base(at, end);
                case DATA -> at = data(bytes, at, end);
                case TRAILER -> at = trailer(at, end);
            }
        }
    }

    /** Four digits, or, after the end of the commands, the beginning of the pack. */
    private void length(byte b) throws Unreadable {
        int digit = Character.digit(b, 16);
        if (digit < 0 && flushed && "PACK".charAt(seen) == b) {
            digit = 0;
            number = -1;
        } else if (digit < 0) {
            throw broken();
        }
        number = number < 0 ? -1 : number << 4 | digit;
        if (++seen < 4) {
            return;
        }
        if (number < 0) {
            endOfOne();
            go(Part.PACK_HEAD);
        } else if (number == 0) {
            flushed = anyLine;
            go(Part.LENGTH);
        } else if (number < 4) {
            throw broken();
        } else if (number == 4) {
            go(Part.LENGTH);
        } else {
            long rest = number - 4;
            go(Part.LINE);
            number = rest;
        }
    }

    private int line(byte[] bytes, int at, int end) throws Unreadable {
        anyLine = true;
        int some = (int) Math.min(number, end - at);
        emit(bytes, at, some);
        for (int i = at; i < at + some && hash == 20; i++) {
            matched = bytes[i] == SHA256[matched] ? matched + 1 : bytes[i] == SHA256[0] ? 1 : 0;
            hash = matched == SHA256.length ? 32 : 20;
        }
        number -= some;
        if (number == 0) {
            go(Part.LENGTH);
        }
        return at + some;
    }

    private void packHead(byte b) throws Unreadable {
        number = number << 8 | (b & 0xff);
        seen++;
        if (seen == 4 && number != 2 && number != 3) {
            throw broken();
        }
        if (seen == PACK_HEAD) {
            objects = number & 0xffffffffL;
            go(objects == 0 ? Part.TRAILER : Part.OBJECT_HEAD);
        }
    }

    /** The type, and a size that is not believed: the packed data says where it ends. */
    private void objectHead(byte b) throws Unreadable {
        if (seen++ == 0) {
            type = (b & 0x70) >> 4;
            if (TYPES[type].isEmpty()) {
                throw broken();
            }
            place.become(TYPES[type]);
        }
        if (seen > 10) {
            throw broken();
        }
        if (b >= 0) {
            inflating.restart();
            delta.restart();
            go(type == OFFSET_DELTA ? Part.OFFSET : type == REFERENCE_DELTA ? Part.BASE : Part.DATA);
        }
    }

    private void offset(byte b) throws Unreadable {
        if (++seen > 10) {
            throw broken();
        }
        if (b >= 0) {
            go(Part.DATA);
        }
    }

    /** The name of an object; nothing looks at it. */
    private int base(int at, int end) {
        int some = Math.min(hash - seen, end - at);
        seen += some;
        if (seen == hash) {
            go(Part.DATA);
        }
        return at + some;
    }

    private int data(byte[] bytes, int at, int end) throws Unreadable {
        inflating.give(bytes, at, end - at);
        for (int made = inflating.next(); made > 0; made = inflating.next()) {
            emit(inflating.out, 0, type >= OFFSET_DELTA ? delta.inserted(inflating.out, made) : made);
        }
        if (inflating.broken()) {
            throw broken();
        }
        int next = end - inflating.rest();
        if (inflating.finished()) {
            endOfOne();
            objects--;
            go(objects == 0 ? Part.TRAILER : Part.OBJECT_HEAD);
        }
        return next;
    }

    private int trailer(int at, int end) throws Unreadable {
        seen += end - at;
        if (seen > hash) {
            throw new Unreadable("Something follows the pack that git sends.");
        }
        return end;
    }

    private void go(Part to) {
        part = to;
        seen = 0;
        number = 0;
    }

    @Override
    void end() throws Unreadable {
        endOfOne();
        boolean whole = part == Part.TRAILER ? seen == hash : part == Part.LENGTH && seen == 0;
        if (!whole) {
            throw new Unreadable("What git sends is cut off.");
        }
    }

    @Override
    public void restart() {
        throw new IllegalStateException("a push is one stream");
    }

    @Override
    public void close() {
        super.close();
        inflating.close();
    }

    private static Unreadable broken() {
        return new Unreadable("The body is not what git push sends.");
    }
}
