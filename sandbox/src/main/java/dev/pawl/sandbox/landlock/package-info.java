/**
 * Landlock: rules on files that a thread puts on itself and everything it starts or becomes.
 *
 * <p>Lives here: the kernel's interface to it. May not live here: which files an agent may use.
 */
@NullMarked
package dev.pawl.sandbox.landlock;

import org.jspecify.annotations.NullMarked;
