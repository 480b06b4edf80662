/**
 * Targets for the fuzzer and the measurement of what recognising costs, in the package of what they reach for.
 *
 * <p>Lives here: entry points that are started by hand. May not live here: what a build or a run needs.
 */
@NullMarked
package dev.pawl.gateway.model;

import org.jspecify.annotations.NullMarked;
