package dev.pawl.cli.run;

import dev.pawl.server.approvals.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What a person types about one question, and what she sees of it. Nobody answers blindly: a yes counts only with the
 * first letters of this question's name, only after all of it was on the screen, and keys typed before that or in the
 * first moment after are forgotten. Knows no terminal and no clock but what it is told. Not thread-safe.
 */
final class Dialogue {
    /** For how long keys are forgotten after the question came up, and after another page of it did. */
    static final long UNREAD_NANOS = TimeUnit.SECONDS.toNanos(1);

    static final long NEXT_PAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final int NAME_LETTERS = 4;
    private static final int MAX_TYPED = 40;
    /** Title, seven lines of words, hint, prompt. */
    private static final int FIXED_ROWS = 10;

    private static final int MIN_ROWS = FIXED_ROWS + 3;

    /** What was said. */
    sealed interface Said {
        record Nothing() implements Said {}

        record Yes(Scope scope) implements Said {}

        record No() implements Said {}

        /** Not here and now. */
        record Later() implements Said {}

        /** Not here, this question and all that follow. */
        record Quiet() implements Said {}
    }

    private final String id;
    private final String name;
    private final boolean line;
    private final Keys keys = new Keys();
    private final StringBuilder typed = new StringBuilder();
    private String title = "";
    private List<List<String>> pages = List.of(List.of());
    private String hint = "";
    private int page;
    private int rows;
    private int columns;
    private boolean tooSmall = true;
    private boolean read;
    private OptionalLong shown = OptionalLong.empty();
    private long unread = UNREAD_NANOS;

    /**
     * @param id the question's
     * @param line whether a line of a charter would grant it
     */
    Dialogue(String id, boolean line) {
        this.id = id;
        this.name = id.substring(0, Math.min(NAME_LETTERS, id.length()));
        this.line = line;
    }

    /** What is to be shown now; texts without control characters. */
    void show(String text, List<String> question, int height, int width) {
        boolean resized = height != rows || width != columns;
        title = text;
        tooSmall = height < MIN_ROWS || width < QuestionPages.MIN_COLUMNS;
        List<List<String>> next = QuestionPages.of(question, Math.max(1, height - FIXED_ROWS), width - 1);
        if (resized || next.size() != pages.size()) {
            page = 0;
            read = false;
        }
        rows = height;
        columns = width;
        pages = next;
    }

    /** What {@link #frame} returned is on the screen. */
    void shown(long nanos) {
        if (shown.isEmpty()) {
            shown = OptionalLong.of(nanos);
        }
        read |= !tooSmall && page == pages.size() - 1;
    }

    /** The answer that was given does not count, or another hint. */
    void hint(String text) {
        hint = text;
    }

    /** Bytes came from the terminal. */
    Said typed(byte[] bytes, int count, long nanos) {
        for (Keys.Key key : keys.read(bytes, count)) {
            Said said = unread(nanos) ? new Said.Nothing() : pressed(key);
            if (!(said instanceof Said.Nothing)) {
                return said;
            }
        }
        return new Said.Nothing();
    }

    /** Nothing came for a while. */
    Said idle(long nanos) {
        return keys.idle()
                .map(key -> unread(nanos) ? new Said.Nothing() : pressed(key))
                .orElse(new Said.Nothing());
    }

    private boolean unread(long nanos) {
        return shown.isEmpty() || nanos - shown.getAsLong() < unread;
    }

    private Said pressed(Keys.Key key) {
        switch (key) {
            case Keys.Key.Letter(char letter) -> {
                if (typed.length() < MAX_TYPED) {
                    typed.append(letter);
                }
            }
            case Keys.Key.Erase() -> typed.setLength(Math.max(0, typed.length() - 1));
            case Keys.Key.Clear() -> typed.setLength(0);
            case Keys.Key.Leave() -> {
                return new Said.Later();
            }
            case Keys.Key.Enter() -> {
                String said = typed.toString().strip().toLowerCase(Locale.ROOT);
                typed.setLength(0);
                hint = "";
                return entered(said);
            }
        }
        return new Said.Nothing();
    }

    private Said entered(String said) {
        List<String> words = List.of(said.split(" +"));
        return switch (words.getFirst()) {
            case "" -> nextPage();
            case "no" -> words.size() == 1 ? new Said.No() : notUnderstood();
            case "later" -> words.size() == 1 ? new Said.Later() : notUnderstood();
            case "quiet" -> words.size() == 1 ? new Said.Quiet() : notUnderstood();
            case "yes" -> yes(words, Scope.ONCE);
            case "run" -> yes(words, Scope.RUN);
            case "charter" -> yes(words, Scope.CHARTER);
            default -> notUnderstood();
        };
    }

    private Said yes(List<String> words, Scope scope) {
        if (words.size() != 2 || !words.get(1).equals(name)) {
            hint = "This question's name begins with " + name + ": type " + words.getFirst() + " " + name;
        } else if (tooSmall || !read) {
            hint = "Not all of the question was shown yet" + (tooSmall ? "" : ": press Enter for the next page");
        } else if (scope == Scope.CHARTER && !line) {
            hint = "No line of a charter would grant this; yes and run are possible";
        } else {
            return new Said.Yes(scope);
        }
        return new Said.Nothing();
    }

    private Said notUnderstood() {
        hint = "Not understood: type one of the words above, then Enter";
        return new Said.Nothing();
    }

    private Said nextPage() {
        if (pages.size() > 1) {
            page = (page + 1) % pages.size();
            shown = OptionalLong.empty();
            unread = NEXT_PAGE_NANOS;
        }
        return new Said.Nothing();
    }

    /** The whole window, control sequences included. */
    String frame() {
        if (tooSmall) {
            return Frame.of(
                    List.of(
                            title,
                            "This window is too small for the question: make it larger,",
                            "or type no or later.",
                            hint),
                    "> " + typed,
                    rows,
                    columns);
        }
        List<String> all = new ArrayList<>(List.of(title));
        all.addAll(pages.get(page));
        while (all.size() < rows - FIXED_ROWS + 1) {
            all.add("");
        }
        all.add("Type one of these, then Enter:");
        all.add("  yes " + name + "      this one attempt goes on");
        all.add("  run " + name + "      the same goes on as often as it is tried in this run");
        all.add(line ? "  charter " + name + "  as yes; and shows the line that would grant it for good" : "");
        all.add("  no            refused, for the rest of this run");
        all.add("  later         stays open for pawl approve " + id + " (also Esc)");
        all.add("  quiet         as later, and no more questions on this screen");
        all.add(
                hint.isEmpty() && pages.size() > 1
                        ? "Page " + (page + 1) + " of " + pages.size() + ": press Enter for the next"
                                + (read ? "" : "; a yes counts when all were shown")
                        : hint);
        return Frame.of(all, "> " + typed, rows, columns);
    }
}
