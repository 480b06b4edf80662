package dev.pawl.gateway.identify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Bytes of both directions in their order, in Latin-1, and what an identifier makes of them. */
final class Talk {
    private record Turn(Way way, String text) {}

    private final List<Turn> turns = new ArrayList<>();

    static Talk out(String text) {
        return new Talk().andOut(text);
    }

    static Talk in(String text) {
        return new Talk().andIn(text);
    }

    static Talk outHex(String hex) {
        return out(hex(hex));
    }

    static String hex(String hex) {
        return new String(HexFormat.of().parseHex(hex.replace(" ", "")), StandardCharsets.ISO_8859_1);
    }

    /** Each ends with carriage return and line feed. */
    static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    /** Lines, and an empty one after them. */
    static String head(String... lines) {
        return lines(lines) + "\r\n";
    }

    Talk andOut(String text) {
        turns.add(new Turn(Way.OUT, text));
        return this;
    }

    Talk andIn(String text) {
        turns.add(new Turn(Way.IN, text));
        return this;
    }

    /** In the pieces it was put together of. */
    Identity identity() {
        Identifier identifier = new Identifier();
        for (Turn turn : turns) {
            give(identifier, turn.way(), turn.text());
        }
        identifier.end();
        return identifier.identity();
    }

    /** Cut at random, in the same order. */
    Identity cut(Random random) {
        Identifier identifier = new Identifier();
        int longest = 1 + random.nextInt(random.nextBoolean() ? 3 : 200);
        for (Turn turn : turns) {
            String left = turn.text();
            while (!left.isEmpty()) {
                int count = Math.min(left.length(), 1 + random.nextInt(longest));
                give(identifier, turn.way(), left.substring(0, count));
                left = left.substring(count);
            }
        }
        identifier.end();
        return identifier.identity();
    }

    private static void give(Identifier identifier, Way way, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        var _ = identifier.take(way, bytes, 0, bytes.length);
    }

    @Override
    public String toString() {
        return turns.toString();
    }
}
