package dev.pawl.policy.cedar;

import java.util.List;

/** Code of {@code like}: the first and last piece stand at the ends, the rest is found from left to right. */
final class Likeness implements Code.Test {
    private final Code target;
    private final String first;
    private final String last;
    private final Piece[] between;
    private final boolean whole;

    Likeness(Code target, Pattern pattern) {
        List<String> pieces = pattern.pieces();
        this.target = target;
        this.first = pieces.getFirst();
        this.last = pieces.getLast();
        this.whole = pieces.size() == 1;
        this.between = whole
                ? new Piece[0]
                : pieces.subList(1, pieces.size() - 1).stream()
                        .filter(piece -> !piece.isEmpty())
                        .map(Piece::new)
                        .toArray(Piece[]::new);
    }

    @Override
    public boolean test(Frame frame) {
        String text = Types.text(target.run(frame));
        frame.meter.charge(1 + (text.length() >>> 2));
        if (whole) {
            return text.equals(first);
        }
        int end = text.length() - last.length();
        if (end < first.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (Piece piece : between) {
            at = piece.after(text, at, end);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * One literal to find. Knuth, Morris and Pratt's search: no text makes it look at a character more than twice, where
     * the plain search takes the product of both lengths.
     */
    private static final class Piece {
        private final String text;
        private final int[] fallback;

        Piece(String text) {
            this.text = text;
            this.fallback = new int[text.length()];
            for (int at = 1, matched = 0; at < fallback.length; at++) {
                while (matched > 0 && text.charAt(at) != text.charAt(matched)) {
                    matched = fallback[matched - 1];
                }
                if (text.charAt(at) == text.charAt(matched)) {
                    matched++;
                }
                fallback[at] = matched;
            }
        }

        /** Where the first occurrence within {@code from} to {@code end} ends, or -1. */
        int after(String within, int from, int end) {
            int matched = 0;
            for (int at = from; at < end; at++) {
                char character = within.charAt(at);
                while (matched > 0 && text.charAt(matched) != character) {
                    matched = fallback[matched - 1];
                }
                if (text.charAt(matched) == character && ++matched == text.length()) {
                    return at + 1;
                }
            }
            return -1;
        }
    }
}
