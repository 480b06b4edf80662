package dev.pawl.server;

/**
 * One run as it shows itself now.
 *
 * @param state running, frozen, stopping (answered by the run itself), {@code silent} (its supervisor lives but does not
 *     answer), {@code ended}, or {@code lost} (its supervisor is gone and recorded no end)
 * @param processes processes alive as the run says; 0 where it does not answer
 * @param live whether anything of it may still run
 */
public record RunView(RunDirectory directory, RunFacts facts, String state, int processes, boolean live) {}
