package dev.pawl.core;

/** Decides. Pure and thread-safe: the same attempt gets the same answer. Whoever calls treats a throw as a denial. */
public interface Policy {
    Decision decide(Attempt attempt);

    /** The policy as it is now, for attempts that were made before this call: one look at it counts for all of them. */
    default Policy now() {
        return this;
    }
}
