package dev.pawl.core;

/** Decides. Pure and thread-safe: the same attempt gets the same answer. Whoever calls treats a throw as a denial. */
public interface Policy {
    Decision decide(Attempt attempt);
}
