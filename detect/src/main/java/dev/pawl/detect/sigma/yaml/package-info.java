/**
 * YAML as a tree in which everything knows its place.
 *
 * <p>Lives here: reading YAML text with limits, the tree, places and problems. May not live here: what a rule means, files.
 */
@NullMarked
package dev.pawl.detect.sigma.yaml;

import org.jspecify.annotations.NullMarked;
