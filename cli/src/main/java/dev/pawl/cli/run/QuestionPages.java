package dev.pawl.cli.run;

import java.util.ArrayList;
import java.util.List;

/** Lines cut to a window. Counts any but simple letters as two columns wide, so that no line is longer than the window. */
final class QuestionPages {
    /** Below this nothing can be read as a whole. */
    static final int MIN_COLUMNS = 48;

    /** As wide as the names in front of a question's lines: what is carried over can never look like one of those. */
    private static final String CARRIED = " ".repeat(11);

    private static final int FIRST_WIDE = 0x300;

    private QuestionPages() {}

    /** Pages of at most {@code rows} rows, at least one. */
    static List<List<String>> of(List<String> lines, int rows, int columns) {
        List<String> all = new ArrayList<>();
        lines.forEach(line -> wrap(line, columns, all));
        List<List<String>> pages = new ArrayList<>();
        for (int i = 0; i < all.size(); i += rows) {
            pages.add(List.copyOf(all.subList(i, Math.min(all.size(), i + rows))));
        }
        return pages.isEmpty() ? List.of(List.of()) : pages;
    }

    /** One line's beginning, as much as fits. */
    static String cut(String line, int columns) {
        List<String> rows = new ArrayList<>();
        wrap(line, columns, rows);
        return rows.getFirst();
    }

    private static void wrap(String line, int columns, List<String> into) {
        StringBuilder row = new StringBuilder();
        int width = 0;
        for (int i = 0; i < line.length(); ) {
            int letter = line.codePointAt(i);
            int wide = letter < FIRST_WIDE ? 1 : 2;
            if (width + wide > columns) {
                into.add(row.toString());
                row = new StringBuilder(CARRIED);
                width = CARRIED.length();
            }
            row.appendCodePoint(letter);
            width += wide;
            i += Character.charCount(letter);
        }
        into.add(row.toString());
    }
}
