package dev.pawl.gateway.identify;

/** Where bytes go, seen from the side that opened the connection. */
public enum Way {
    /** From the side that opened it. */
    OUT,
    /** To the side that opened it. */
    IN;

    /** The other one. */
    public Way back() {
        return this == OUT ? IN : OUT;
    }
}
