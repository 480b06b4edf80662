/**
 * What must not leave is looked for in what leaves: requests that are read, names that are asked for, first bytes of other flows.
 *
 * <p>Lives here: which part of a request is looked at in which way, where a credential may stand, what is refused and in
 * which words, which files of the workspace are marked. May not live here: what a secret looks like, how codings are undone,
 * how requests are carried.
 */
@NullMarked
package dev.pawl.gateway.leak;

import org.jspecify.annotations.NullMarked;
