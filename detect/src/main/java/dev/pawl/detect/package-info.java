/**
 * Pawl's events before Sigma's rules.
 *
 * <p>Lives here: the mapping of events to Sigma's taxonomy, Pawl's own rules, matches as findings. May not live here: how
 * rules are matched, files, clocks, the network.
 */
@NullMarked
package dev.pawl.detect;

import org.jspecify.annotations.NullMarked;
