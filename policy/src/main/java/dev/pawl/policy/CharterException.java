package dev.pawl.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A charter that cannot be used. Carries every problem found, in the order of the file; the message is one a line. */
public final class CharterException extends Exception {
    private final transient List<Problem> problems;

    /** With at least one problem. */
    public CharterException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<Problem> problems() {
        return problems;
    }
}
