package dev.pawl.cli.run;

import java.util.List;

/** Rows as one text that fills a window, whatever was there. */
final class Frame {
    private Frame() {}

    /**
     * @param lines from the top, the first as a title; none with control characters; each is cut to the window
     * @param prompt after the last of them; the cursor stays at its end
     */
    static String of(List<String> lines, String prompt, int rows, int columns) {
        StringBuilder frame = new StringBuilder();
        int row = 1;
        for (String line : lines.subList(0, Math.min(lines.size(), Math.max(0, rows - 1)))) {
            boolean title = row == 1;
            row(frame, row++, (title ? "\33[1m" : "") + QuestionPages.cut(line, Math.max(1, columns - 1)))
                    .append(title ? "\33[0m" : "");
        }
        for (int blank = row + 1; blank <= rows; blank++) {
            row(frame, blank, "");
        }
        return row(frame, row, QuestionPages.cut(prompt, Math.max(1, columns - 1)))
                .toString();
    }

    /** Erases first: what is behind a full line would be erased with its last letter. */
    private static StringBuilder row(StringBuilder frame, int row, String text) {
        return frame.append("\33[").append(row).append(";1H\33[2K").append(text);
    }
}
