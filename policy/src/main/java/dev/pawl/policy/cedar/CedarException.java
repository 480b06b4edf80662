package dev.pawl.policy.cedar;

/** Why a policy text was refused, and where. Lines and columns count from 1; a column is one Unicode character. */
public final class CedarException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final int line;
    private final int column;

    CedarException(String source, int line, int column, String message) {
        super(message);
        this.source = source;
        this.line = line;
        this.column = column;
    }

    /** The name of the text, as the caller gave it. */
    public String source() {
        return source;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The column, from 1. */
    public int column() {
        return column;
    }

    /** {@code source:line:column: message}. */
    public String text() {
        return source + ":" + line + ":" + column + ": " + getMessage();
    }
}
