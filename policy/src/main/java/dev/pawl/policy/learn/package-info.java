/**
 * From what a run was seen to do to the smallest charter that would have allowed it, and from charters to the grants
 * nobody used.
 *
 * <p>Lives here: what was used, the proposal, its comments. May not live here: reading a record, starting a run, what is
 * open while a run is watched (that is {@link dev.pawl.policy.OpenPolicy}).
 */
@NullMarked
package dev.pawl.policy.learn;

import org.jspecify.annotations.NullMarked;
