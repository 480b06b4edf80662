/**
 * {@code pawl learn}: watches a run and proposes the smallest charter, or proposes one from runs on record.
 *
 * <p>Lives here: the command, reading records for it, where its charter goes. May not live here: what is proposed (that is
 * {@code dev.pawl.policy.learn}), how a run is held.
 */
@NullMarked
package dev.pawl.cli.learn;

import org.jspecify.annotations.NullMarked;
