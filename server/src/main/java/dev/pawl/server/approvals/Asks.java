package dev.pawl.server.approvals;

/** Asks a person. Thread-safe. */
@FunctionalInterface
public interface Asks {
    /** Takes a question and returns at once. */
    void ask(Ask ask);

    /** Nobody is there to be asked. */
    Asks NOBODY = ask -> ask.then().accept(Outcome.deny("ask.failed", "nobody can be asked in this run"));
}
