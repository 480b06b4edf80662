/**
 * Many rules over one event, fast.
 *
 * <p>Lives here: the index over the texts of all rules, and the matcher that uses it. May not live here: documents, state
 * that outlives an event, time.
 */
@NullMarked
package dev.pawl.detect.sigma.engine;

import org.jspecify.annotations.NullMarked;
