/**
 * Matches over time.
 *
 * <p>Lives here: windows in event time, bounded, and what they report. May not live here: matching of single events,
 * clocks.
 */
@NullMarked
package dev.pawl.detect.sigma.correlation;

import org.jspecify.annotations.NullMarked;
