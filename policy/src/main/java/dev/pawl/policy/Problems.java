package dev.pawl.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong in one file, up to {@value #LIMIT} problems. For one thread. */
final class Problems {
    static final int LIMIT = 100;

    private final String source;
    private final Document document;
    private final List<Problem> found = new ArrayList<>();
    private String text = "";

    /** For a charter. */
    Problems(String source) {
        this(source, Document.CHARTER);
    }

    Problems(String source, Document document) {
        this.source = source;
        this.document = document;
    }

    Document document() {
        return document;
    }

    /** The text that nodes have their places in. */
    void text(String whole) {
        text = whole;
    }

    /** How far the first line with anything on it, from this one on (from 1), is indented. */
    int indentAt(int line) {
        return text.lines()
                .skip(line - 1L)
                .filter(candidate -> !candidate.isBlank())
                .findFirst()
                .map(candidate -> candidate.length() - candidate.stripLeading().length())
                .orElse(0);
    }

    void at(int line, int column, String message) {
        if (found.size() < LIMIT) {
            found.add(new Problem(source, line, column, message));
        }
    }

    void at(Node node, String message) {
        Mark mark = node.getStartMark().orElse(null);
        if (mark == null) {
            nowhere(message);
        } else {
            at(mark.getLine() + 1, mark.getColumn() + 1, message);
        }
    }

    /** A problem of the file as a whole. */
    void nowhere(String message) {
        at(0, 0, message);
    }

    void throwIfAny() throws CharterException {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    CharterException exception() {
        return new CharterException(found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList());
    }
}
