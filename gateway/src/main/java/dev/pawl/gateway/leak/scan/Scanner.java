package dev.pawl.gateway.leak.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks through one stream, in pieces of any size. Holds at most {@value #LARGEST} bytes of it. Not thread-safe.
 *
 * <p>One pass over an automaton finds where a secret may begin; a check looks at each such place and says no, yes, or how
 * much more it has to see. Until it has, {@link #held} does not pass that place. What is found, and where, does not
 * depend on how the stream was cut.
 */
public final class Scanner {
    /** Bytes before a candidate that checks may look back on. */
    static final int HISTORY = 1024;

    static final int LARGEST = 16384;

    /** Findings that are kept; a stream that has so many is not looked at further. */
    public static final int MOST_FINDINGS = 16;

    /** Anchors say nothing, all but the first bytes of a literal: from so many on they are kept back. */
    private static final int TELLING = 4;

    private final Patterns patterns;
    private final Automaton automaton;
    private final FileWatch watch;
    private final boolean watching;
    private final Window window = new Window();
    private final List<Finding> findings = new ArrayList<>();
    /** Candidates a check asked to see more of: place in the stream, anchor, length to see. */
    private long[] starts = new long[16];

    private int[] anchors = new int[16];
    private int[] wanted = new int[16];
    private int open;
    /** Where the stream must be for the first of them. */
    private long due = Long.MAX_VALUE;

    private int state;

    public Scanner(Patterns patterns) {
        this.patterns = patterns;
        automaton = patterns.automaton;
        watch = new FileWatch(patterns.files);
        watching = !patterns.files.isEmpty();
    }

    /** Begins another stream. */
    public void restart() {
        window.end = 0;
        window.base = 0;
        window.last = false;
        findings.clear();
        watch.restart();
        open = 0;
        due = Long.MAX_VALUE;
        state = 0;
    }

    /** Goes on with these bytes, which are not kept. */
    public void feed(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end) {
            int room = room(end - at);
            System.arraycopy(bytes, at, window.bytes, window.end, room);
            at += room;
            int before = window.end;
            window.end += room;
            if (findings.size() < MOST_FINDINGS) {
                pass(before);
                settle();
            } else {
                // Nobody asks for more, and what waits would keep its bytes for ever.
                open = 0;
            }
        }
    }

    /** Nothing follows: whatever waited for more is judged as it is. */
    public void finish() {
        window.last = true;
        due = 0;
        settle();
    }

    /** What was found so far, in the order in which it was certain. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Whether anything was found. */
    public boolean clean() {
        return findings.isEmpty();
    }

    /** Place in the stream before which everything is known to be no part of anything that could still be found. */
    public long held() {
        int depth = automaton.depth(state);
        long held = position() - (depth >= TELLING ? depth : 0);
        for (int i = 0; i < open; i++) {
            held = Math.min(held, starts[i]);
        }
        return Math.min(held, watch.held());
    }

    /** Bytes fed so far. */
    public long position() {
        return window.base + window.end;
    }

    private void pass(int from) {
        byte[] bytes = window.bytes;
        int[] next = automaton.next;
        char[] column = automaton.column;
        int firstEnd = automaton.firstEnd;
        int end = window.end;
        int state = this.state;
        for (int i = from; i < end; i++) {
            state = next[state + column[bytes[i] & 0xff]];
            if (state >= firstEnd) {
                for (int anchor : automaton.ends(state)) {
                    judge(anchor, i + 1 - patterns.length(anchor));
                }
            }
        }
        this.state = state;
        if (watching) {
            watch.feed(bytes, from, end, window.base);
            if (watch.found()
                    && findings.stream().noneMatch(found -> found.kind().equals(FileWatch.KIND))) {
                add(new Finding(FileWatch.KIND, watch.start(), 0, Optional.empty()));
            }
        }
    }

    private void judge(int anchor, int start) {
        Rule rule = patterns.rule(anchor);
        int answer = rule.check().judge(window, start, start + patterns.length(anchor));
        if (answer > 0) {
            add(new Finding(
                    rule.kind(), window.base + start, patterns.fingerprint(window.bytes, start, answer), rule.home()));
        } else if (-answer > position() - window.base - start && !window.last) {
            // Whoever wants no more than it has seen is never satisfied.
            wait(anchor, window.base + start, -answer);
        }
    }

    private void add(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    private void wait(int anchor, long start, int bytes) {
        if (open == starts.length) {
            starts = Arrays.copyOf(starts, open * 2);
            anchors = Arrays.copyOf(anchors, open * 2);
            wanted = Arrays.copyOf(wanted, open * 2);
        }
        starts[open] = start;
        anchors[open] = anchor;
        wanted[open] = bytes;
        due = Math.min(due, start + wanted[open]);
        open++;
    }

    /** Asks the checks again that now see what they asked for. */
    private void settle() {
        if (position() < due) {
            return;
        }
        int waiting = open;
        long[] start = Arrays.copyOf(starts, waiting);
        int[] anchor = Arrays.copyOf(anchors, waiting);
        int[] want = Arrays.copyOf(wanted, waiting);
        open = 0;
        due = Long.MAX_VALUE;
        for (int i = 0; i < waiting; i++) {
            if (window.last || start[i] + want[i] <= position()) {
                judge(anchor[i], (int) (start[i] - window.base));
            } else {
                wait(anchor[i], start[i], want[i]);
            }
        }
    }

    /** Makes room for some of so many bytes, and says for how many. */
    private int room(int wish) {
        if (window.end == window.bytes.length) {
            long oldest = position();
            for (int i = 0; i < open; i++) {
                oldest = Math.min(oldest, starts[i]);
            }
            int drop = (int) Math.max(0, oldest - HISTORY - window.base);
            if (drop < window.bytes.length / 2 && window.bytes.length < LARGEST) {
                window.bytes = Arrays.copyOf(window.bytes, window.bytes.length * 2);
            } else {
                System.arraycopy(window.bytes, drop, window.bytes, 0, window.end - drop);
                window.base += drop;
                window.end -= drop;
            }
        }
        return Math.min(wish, window.bytes.length - window.end);
    }
}
