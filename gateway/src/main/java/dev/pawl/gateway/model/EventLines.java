package dev.pawl.gateway.model;

import java.util.Arrays;

/**
 * Takes server-sent events apart, in any split (WHATWG HTML, 9.2): the data of each event, its lines joined. An event longer
 * than {@value #LONGEST} bytes is left out, and said so by {@link #tooLong}.
 */
final class EventLines {
    static final int LONGEST = 4 << 20;

    private final Data to;
    private byte[] line = new byte[1024];
    private int length;
    private byte[] data = new byte[1024];
    private int held;
    private boolean any;
    private boolean carriage;
    private boolean skip;
    private boolean tooLong;

    /** Takes the data of one event. */
    interface Data {
        void event(byte[] bytes, int from, int to);
    }

    EventLines(Data to) {
        this.to = to;
    }

    boolean tooLong() {
        return tooLong;
    }

    void feed(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (next == '\n' && carriage && i == start) {
                start = i + 1;
                carriage = false;
            } else if (next == '\n' || next == '\r') {
                end(bytes, start, i);
                start = i + 1;
                carriage = next == '\r';
            } else {
                carriage = false;
            }
        }
        keep(bytes, start, to);
    }

    /** Ends the stream; an event without its empty line counts too, since connections are cut there. */
    void end() {
        if (length > 0) {
            end(line, 0, 0);
        }
        end(line, 0, 0);
    }

    private void end(byte[] bytes, int from, int to) {
        if (length == 0) {
            line(bytes, from, to);
        } else {
            keep(bytes, from, to);
            int whole = length;
            length = 0;
            line(line, 0, whole);
        }
    }

    private void line(byte[] bytes, int from, int to) {
        if (from == to) {
            if (any && !skip) {
                this.to.event(data, 0, held);
            }
            held = 0;
            any = false;
            skip = false;
            return;
        }
        if (to - from < 5
                || bytes[from] != 'd'
                || bytes[from + 1] != 'a'
                || bytes[from + 2] != 't'
                || bytes[from + 3] != 'a'
                || bytes[from + 4] != ':') {
            return;
        }
        int begin = from + 5 < to && bytes[from + 5] == ' ' ? from + 6 : from + 5;
        if (any) {
            data = room(data, held, 1);
            data[held++] = '\n';
        }
        any = true;
        if (held + to - begin > LONGEST) {
            skip = true;
            tooLong = true;
            return;
        }
        data = room(data, held, to - begin);
        System.arraycopy(bytes, begin, data, held, to - begin);
        held += to - begin;
    }

    private void keep(byte[] bytes, int from, int to) {
        int count = to - from;
        if (count <= 0) {
            return;
        }
        if (length + count > LONGEST) {
            skip = true;
            tooLong = true;
            count = Math.max(0, LONGEST - length);
        }
        line = room(line, length, count);
        System.arraycopy(bytes, from, line, length, count);
        length += count;
    }

    private static byte[] room(byte[] bytes, int used, int more) {
        return used + more <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(used + more, bytes.length * 2));
    }
}
