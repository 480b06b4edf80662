/**
 * What a policy means, for whoever has to approve it: what changed between two, and what is odd about one.
 *
 * <p>Lives here: pure functions over bundles and their engines, the attempts that stand for all others, changes and
 * warnings. May not live here: reading files, printing, deciding for a run.
 */
@NullMarked
package dev.pawl.policy.review;

import org.jspecify.annotations.NullMarked;
