package dev.pawl.policy;

/**
 * One thing wrong in a charter.
 *
 * @param source the file as it was named, or {@code built-in}
 * @param line from 1; 0 where the problem is not at a place in a file
 * @param column from 1, in characters; 0 as for line
 * @param message what is wrong, what is allowed, and the nearest known word if there is one
 */
public record Problem(String source, int line, int column, String message) {
    /** {@code file:line:column: message}, without a place where there is none. */
    @Override
    public String toString() {
        return line == 0 ? source + ": " + message : source + ":" + line + ":" + column + ": " + message;
    }
}
