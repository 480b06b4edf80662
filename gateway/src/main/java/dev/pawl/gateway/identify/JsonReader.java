package dev.pawl.gateway.identify;

import java.util.BitSet;

/**
 * Reads JSON values (RFC 8259) that follow each other in a stream, byte by byte, with nothing but white space or
 * nothing between them. What is no JSON is passed over up to the next line feed. Only objects and arrays count at the
 * top. Depth needs one bit a level and names and strings are kept up to {@value #TEXT_LIMIT} characters, so memory is
 * bounded by the bytes that are read.
 */
final class JsonReader {
    static final int TEXT_LIMIT = 160;

    private enum State {
        /** At the top, before a value. */
        TOP,
        VALUE,
        /** In an array just begun: a value or its end. */
        FIRST_VALUE,
        /** In an object just begun: a name or its end. */
        FIRST_NAME,
        NAME,
        COLON,
        /** After a value: a comma or the end of what holds it. */
        AFTER,
        STRING,
        ESCAPE,
        UNICODE,
        WORD,
        /** Passing over a line that is no JSON. */
        LOST
    }

    private final JsonEvents events;
    private final boolean lines;
    private final BitSet objects = new BitSet();
    private final StringBuilder text = new StringBuilder();
    private State state = State.TOP;
    private int depth;
    private boolean naming;
    private int code;
    private int digits;
    private int marks;

    /** @param lines whether a line feed ends a value that is not whole yet, as where each line is a message */
    JsonReader(JsonEvents events, boolean lines) {
        this.events = events;
        this.lines = lines;
    }

    /** Takes the next byte, 0 to 255. */
    void accept(int b) {
        if (b == '\n' && (lines || state == State.LOST)) {
            if (state != State.TOP) {
                lose();
            }
            state = State.TOP;
            return;
        }
        switch (state) {
            case LOST -> {}
            case TOP -> top(b);
            case VALUE, FIRST_VALUE -> value(b);
            case FIRST_NAME, NAME -> name(b);
            case COLON -> colon(b);
            case AFTER -> after(b);
            case STRING -> string(b);
            case ESCAPE -> escape(b);
            case UNICODE -> unicode(b);
            case WORD -> word(b);
        }
    }

    /** Whether only a line feed matters now. */
    boolean lost() {
        return state == State.LOST;
    }

    private static boolean space(int b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private void lose() {
        depth = 0;
        text.setLength(0);
        if (state != State.LOST) {
            state = State.LOST;
            events.broken();
        }
    }

    /** A zero byte ends messages in some protocols, and a mark of byte order may stand before the first. */
    private void top(int b) {
        if (b == '{' || b == '[') {
            marks = 3;
            begin(b == '{');
        } else if (marks < 3 && (b == 0xef || b == 0xbb || b == 0xbf)) {
            marks++;
        } else if (!space(b) && b != 0) {
            lose();
        }
    }

    private void begin(boolean object) {
        objects.set(depth, object);
        depth++;
        state = object ? State.FIRST_NAME : State.FIRST_VALUE;
        events.begin(object);
    }

    private void close() {
        depth--;
        state = depth == 0 ? State.TOP : State.AFTER;
        events.end();
    }

    private void value(int b) {
        if (space(b)) {
            return;
        }
        if (b == '{' || b == '[') {
            begin(b == '{');
        } else if (b == '"') {
            naming = false;
            state = State.STRING;
        } else if (b == ']' && state == State.FIRST_VALUE) {
            close();
        } else if (b == '-' || (b >= '0' && b <= '9') || b == 't' || b == 'f' || b == 'n') {
            text.append((char) b);
            state = State.WORD;
        } else {
            lose();
        }
    }

    private void name(int b) {
        if (space(b)) {
            return;
        }
        if (b == '"') {
            naming = true;
            state = State.STRING;
        } else if (b == '}' && state == State.FIRST_NAME) {
            close();
        } else {
            lose();
        }
    }

    private void colon(int b) {
        if (b == ':') {
            state = State.VALUE;
        } else if (!space(b)) {
            lose();
        }
    }

    private void after(int b) {
        boolean object = objects.get(depth - 1);
        if (b == ',') {
            state = object ? State.NAME : State.VALUE;
        } else if (b == (object ? '}' : ']')) {
            close();
        } else if (!space(b)) {
            lose();
        }
    }

    private void string(int b) {
        if (b == '"') {
            String whole = text.toString();
            text.setLength(0);
            state = naming ? State.COLON : State.AFTER;
            if (naming) {
                events.name(whole);
            } else {
                events.string(whole);
            }
        } else if (b == '\\') {
            state = State.ESCAPE;
        } else if (b < 0x20) {
            lose();
        } else {
            keep((char) b);
        }
    }

    private void keep(char c) {
        if (text.length() < TEXT_LIMIT) {
            text.append(c);
        }
    }

    private void escape(int b) {
        state = State.STRING;
        switch (b) {
            case '"', '\\', '/' -> keep((char) b);
            case 'b' -> keep('\b');
            case 'f' -> keep('\f');
            case 'n' -> keep('\n');
            case 'r' -> keep('\r');
            case 't' -> keep('\t');
            case 'u' -> {
                code = 0;
                digits = 0;
                state = State.UNICODE;
            }
            default -> lose();
        }
    }

    private void unicode(int b) {
        int digit = b < 0x80 ? Character.digit(b, 16) : -1;
        if (digit < 0) {
            lose();
            return;
        }
        code = code << 4 | digit;
        digits++;
        if (digits == 4) {
            keep((char) code);
            state = State.STRING;
        }
    }

    /** Letters, digits and signs; which words there are is not looked at. */
    private void word(int b) {
        boolean more = (b >= '0' && b <= '9') || (b < 0x80 && (b | 0x20) >= 'a' && (b | 0x20) <= 'z');
        if (more || b == '+' || b == '-' || b == '.') {
            keep((char) b);
            return;
        }
        String whole = text.toString();
        text.setLength(0);
        state = State.AFTER;
        events.word(whole);
        after(b);
    }
}
