package dev.pawl.policy.cedar;

import java.util.List;

/**
 * A decision.
 *
 * @param determining in the order of the set: the satisfied permits if allowed, else the satisfied forbids; empty if
 *     nothing is satisfied
 * @param failures in the order of the set; Cedar skips such policies, and a caller who cannot accept a skipped forbid
 *     must look here
 */
public record Answer(boolean allowed, List<CedarPolicy> determining, List<Failure> failures) {}
