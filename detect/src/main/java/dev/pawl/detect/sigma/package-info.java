/**
 * Sigma 2.1.0 in Java: load rules, match events. Start with {@link dev.pawl.detect.sigma.RuleSet}.
 *
 * <p>Lives here: the way in. May not live here: anything of Pawl, files, clocks.
 */
@NullMarked
package dev.pawl.detect.sigma;

import org.jspecify.annotations.NullMarked;
