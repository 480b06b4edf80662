/**
 * What a rule means: modifiers applied, wildcards read, conditions resolved.
 *
 * <p>Lives here: expressions over checks, and how they are made from documents. May not live here: indexes, events in
 * bulk, YAML.
 */
@NullMarked
package dev.pawl.detect.sigma.logic;

import org.jspecify.annotations.NullMarked;
