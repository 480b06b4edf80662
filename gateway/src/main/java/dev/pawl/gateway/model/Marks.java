package dev.pawl.gateway.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tells in one pass whether JSON may hold one of some texts, so that most events of a stream need not be parsed. Immutable. */
final class Marks {
    private final byte[][][] byFirst = new byte[128][][];

    /** Texts of ASCII, without what JSON would escape. */
    Marks(String... texts) {
        List<List<byte[]>> lists = new ArrayList<>();
        for (int i = 0; i < byFirst.length; i++) {
            lists.add(new ArrayList<>());
        }
        for (String text : texts) {
            lists.get(text.charAt(0)).add((text + '"').getBytes(StandardCharsets.US_ASCII));
        }
        for (int i = 0; i < byFirst.length; i++) {
            byFirst[i] = lists.get(i).toArray(new byte[0][]);
        }
    }

    /** Whether one of the texts stands there as a value, or as the name of what is not null. */
    boolean in(byte[] json, int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (json[i] == '"' && json[i + 1] >= 0) {
                for (byte[] mark : byFirst[json[i + 1]]) {
                    if (stands(mark, json, i + 1, to) && !namesNull(json, i + 1 + mark.length, to)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean stands(byte[] mark, byte[] json, int at, int to) {
        if (at + mark.length > to) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (json[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean namesNull(byte[] json, int after, int to) {
        int at = blank(json, after, to);
        if (at >= to || json[at] != ':') {
            return false;
        }
        int value = blank(json, at + 1, to);
        return value < to && json[value] == 'n';
    }

    private static int blank(byte[] json, int from, int to) {
        int at = from;
        while (at < to && (json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r')) {
            at++;
        }
        return at;
    }
}
