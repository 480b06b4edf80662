package dev.pawl.policy.cedar;

import java.util.List;

/**
 * What stands after {@code like}: literal pieces with any text between them.
 *
 * @param pieces at least one; {@code "a*b"} is {@code ["a", "b"]} and {@code "*"} is {@code ["", ""]}
 */
public record Pattern(List<String> pieces) {
    /** Copies the list. */
    public Pattern {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("a pattern has at least one piece");
        }
    }

    /** As a literal, quotes included. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("\"");
        for (int at = 0; at < pieces.size(); at++) {
            StringBuilder piece = new StringBuilder();
            Quotes.append(piece, pieces.get(at));
            out.append(at == 0 ? "" : "*").append(piece.toString().replace("*", "\\*"));
        }
        return out.append('"').toString();
    }
}
