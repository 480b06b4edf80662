package dev.pawl.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What an agent can read of its denials: a line each, in a file that only grows. Thread-safe; never throws, since an
 * agent that cannot be told is denied all the same.
 *
 * <p>A denial that says the same as one less than {@link #QUIET} ago is counted, and written again only as the 10th, the
 * 100th, the 1000th and so on; how many were left out is said when it comes again later, and at the end. So a loop costs
 * an agent a line for each power of ten. The file holds at most {@value #MAX_BYTES} bytes and says where it ends.
 */
public final class Notices implements AutoCloseable {
    public static final int MAX_BYTES = 1 << 20;
    /** A longer line is cut. */
    public static final int MAX_LINE_BYTES = 2_000;
    /** After so long a denial is a new one. */
    static final Duration QUIET = Duration.ofSeconds(60);

    private static final int MAX_KNOWN = 1_000;
    private static final String FULL =
            " notices end here: this file holds 1 MiB at most. What is denied from here on is recorded and not written.\n";

    private final Out out;
    private final Consumer<String> toPerson;
    private final Map<String, Repeats> known = new LinkedHashMap<>(16, 0.75f, true);
    private long written;
    private boolean full;
    private boolean failed;

    /** Takes bytes, all of them or not. */
    @FunctionalInterface
    public interface Out {
        void append(byte[] bytes) throws IOException;
    }

    private static final class Repeats {
        private Instant last;
        private long count = 1;
        private long next = 10;
        private long unsaid;

        Repeats(Instant first) {
            last = first;
        }
    }

    /** {@code toPerson} hears, once, that nothing can be written. */
    public Notices(Out out, Consumer<String> toPerson) {
        this.out = out;
        this.toPerson = toPerson;
    }

    /**
     * Writes or counts one denial.
     *
     * @param time when it was
     * @param words say what it was, without the time; equal texts are equal denials
     * @param mark what tells it from its equals, as an event's id; not compared
     */
    public synchronized void add(Instant time, Supplier<String> words, String mark) {
        try {
            String text = words.get();
            Repeats before = known.get(text);
            if (before != null && time.isBefore(before.last.plus(QUIET))) {
                repeated(before, time, text, mark);
                return;
            }
            if (before != null) {
                sayUnsaid(text, before);
            }
            known.put(text, new Repeats(time));
            forgetOldest();
            write(time + " " + text + mark);
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void repeated(Repeats repeats, Instant time, String text, String mark) {
        repeats.last = time;
        repeats.count++;
        repeats.unsaid++;
        if (repeats.count == repeats.next) {
            repeats.next *= 10;
            repeats.unsaid = 0;
            write(time + " " + text + mark + " Denied " + repeats.count + " times now.");
        }
    }

    private void sayUnsaid(String text, Repeats repeats) {
        if (repeats.unsaid > 0) {
            write(repeats.last + " " + text + " " + repeats.unsaid + " times more until then.");
        }
    }

    private void forgetOldest() {
        if (known.size() > MAX_KNOWN) {
            Map.Entry<String, Repeats> oldest = known.entrySet().iterator().next();
            known.remove(oldest.getKey());
            sayUnsaid(oldest.getKey(), oldest.getValue());
        }
    }

    private void write(String line) {
        if (full) {
            return;
        }
        byte[] bytes = bounded(line);
        if (written + bytes.length > MAX_BYTES - MAX_LINE_BYTES) {
            full = true;
            bytes = (line.substring(0, line.indexOf(' ')) + FULL).getBytes(StandardCharsets.UTF_8);
        }
        try {
            // After a failure half a line may stand there.
            byte[] whole = failed
                    ? ("\n" + new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)
                    : bytes;
            written += whole.length;
            out.append(whole);
        } catch (IOException e) {
            fail(e);
        }
    }

    private static byte[] bounded(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_LINE_BYTES) {
            return bytes;
        }
        int end = MAX_LINE_BYTES - 4; // an ellipsis is three bytes
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return (new String(bytes, 0, end, StandardCharsets.UTF_8) + "…\n").getBytes(StandardCharsets.UTF_8);
    }

    private void fail(Throwable e) {
        if (!failed) {
            failed = true;
            try {
                toPerson.accept("pawl: the agent cannot be told why it is denied: " + e);
            } catch (Throwable again) {
                return;
            }
        }
    }

    /** Says what was only counted. May be repeated. */
    @Override
    public synchronized void close() {
        try {
            known.forEach(this::sayUnsaid);
            known.clear();
        } catch (RuntimeException e) {
            fail(e);
        }
    }
}
