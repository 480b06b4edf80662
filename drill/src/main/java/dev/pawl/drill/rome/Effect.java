package dev.pawl.drill.rome;

/**
 * What came of an act, seen from outside.
 *
 * @param happened whether the deed was done; for honest work, whether it succeeded
 * @param what one line: the evidence, or that there is none
 */
public record Effect(boolean happened, String what) {
    static Effect none(String what) {
        return new Effect(false, what);
    }
}
