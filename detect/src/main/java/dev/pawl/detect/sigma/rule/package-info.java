/**
 * Sigma documents as written: rules, correlations, filters.
 *
 * <p>Lives here: the model of a document, its reader, the condition language. May not live here: what a value means once
 * its modifiers are applied, matching, files.
 */
@NullMarked
package dev.pawl.detect.sigma.rule;

import org.jspecify.annotations.NullMarked;
