package dev.pawl.gateway.leak.scan;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Overwrites texts that somebody must not see, in whatever form of {@link MarkerForms} they come. A long text is looked for in
 * pieces, each by itself. Immutable.
 */
public final class Mask {
    private static final int PIECE = 1000;
    private static final byte STAR = '*';
    /** Fewer bytes of a beginning are shown: most messages would have to wait for the next, and many of them wait for an answer. */
    private static final int LEAST_KEPT = 4;

    private final Automaton automaton;
    private final int[] lengths;

    /** {@code texts} of at least {@value Marker#LEAST} characters each. */
    public Mask(List<String> texts) {
        List<byte[]> literals = new ArrayList<>();
        for (String text : texts) {
            byte[] whole = text.getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < whole.length; ) {
                int left = whole.length - from;
                int length = left < PIECE + Marker.LEAST ? left : PIECE;
                byte[] piece = Arrays.copyOfRange(whole, from, from + length);
                literals.addAll(MarkerForms.of(piece));
                from += length;
            }
        }
        automaton = new Automaton(literals);
        lengths = literals.stream().mapToInt(literal -> literal.length).toArray();
    }

    /** A text of one byte a character with what it holds of them overwritten; itself where it holds nothing. */
    public String over(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        Stream stream = new Stream();
        int shown = stream.over(bytes, true);
        return stream.found ? bytes.toString(0, shown, StandardCharsets.ISO_8859_1) : text;
    }

    /** Begins with a new stream of bytes. */
    public Stream stream() {
        return new Stream();
    }

    /** One stream of bytes, which comes in parts. Used by one thread. */
    public final class Stream {
        private int state;
        private int kept;
        private boolean found;

        private Stream() {}

        /**
         * Overwrites in place what the stream holds of the texts.
         *
         * @param part what was kept back of the part before, and what came since
         * @param last whether nothing follows
         * @return how many bytes may be shown; the rest is the beginning of one of the texts, of {@value #LEAST_KEPT} bytes or more
         */
        public int over(ByteBuf part, boolean last) {
            int start = part.readerIndex();
            int end = part.writerIndex();
            int at = state;
            for (int i = start + kept; i < end; i++) {
                at = automaton.next[at + automaton.column[part.getByte(i) & 0xff]];
                if (at >= automaton.firstEnd) {
                    cover(part, i, at);
                }
            }
            state = at;
            int open = automaton.depth(at);
            kept = last || open < LEAST_KEPT ? 0 : Math.min(open, end - start);
            return end - start - kept;
        }

        private void cover(ByteBuf part, int at, int ending) {
            found = true;
            for (int which : automaton.ends(ending)) {
                // Of a beginning that was shown there is nothing left to cover.
                for (int i = Math.max(part.readerIndex(), at - lengths[which] + 1); i <= at; i++) {
                    part.setByte(i, STAR);
                }
            }
        }

        /** Whether anything was overwritten so far. */
        public boolean found() {
            return found;
        }
    }
}
