package dev.pawl.gateway.leak.read;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which part of a coded input led to which part of its output. Not thread-safe. */
final class Trail {
    private record Mark(long input, long output) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    /** From here on, input leads to output from there on. */
    void mark(long input, long output) {
        Mark last = marks.peekLast();
        if (last == null || last.output < output) {
            marks.addLast(new Mark(input, output));
        }
    }

    /** Where the input lies that led to this output or what follows; asked with places that never go back. */
    long inputOf(long output, long none) {
        Mark mark = null;
        while (!marks.isEmpty() && marks.getFirst().output <= output) {
            mark = marks.removeFirst();
        }
        if (mark == null) {
            return none;
        }
        marks.addFirst(mark);
        return mark.input;
    }
}
