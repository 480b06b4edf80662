/**
 * The kernel's interface as named numbers, struct layouts and one way to call it.
 *
 * <p>Lives here: system call numbers per architecture, struct layouts, descriptors with an owner. May not live here:
 * anything that knows what a sandbox is.
 */
@NullMarked
package dev.pawl.sandbox.linux;

import org.jspecify.annotations.NullMarked;
