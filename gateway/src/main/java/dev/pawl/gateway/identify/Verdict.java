package dev.pawl.gateway.identify;

/**
 * What one recogniser says of the bytes so far. {@link Yes} and {@link No} are final: more bytes never change them, nor
 * what a yes says. So how the bytes were cut changes nothing.
 */
sealed interface Verdict {
    Verdict NO = new No();
    Verdict MORE = new More();

    /** It is this. */
    record Yes(Identity identity) implements Verdict {}

    /** If nothing more comes it is this; more may tell more. */
    record Maybe(Identity identity) implements Verdict {}

    /** As {@link Maybe}, and as long as that is said nobody who is asked after it counts. */
    record Surely(Identity identity) implements Verdict {}

    /** It is something else. */
    record No() implements Verdict {}

    /** Too little to say. */
    record More() implements Verdict {}

    static Verdict yes(Identity identity) {
        return new Yes(identity);
    }

    static Verdict maybe(Identity identity) {
        return new Maybe(identity);
    }
}
