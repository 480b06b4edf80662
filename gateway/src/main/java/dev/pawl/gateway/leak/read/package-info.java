/**
 * What a body says beneath its codings: compressed, in base 64, escaped, packed by git.
 *
 * <p>Lives here: views that undo one coding each and hand on what they read, within limits of size, ratio and depth, and
 * tell how much of their input is settled. May not live here: Netty, HTTP, what a secret looks like.
 */
@NullMarked
package dev.pawl.gateway.leak.read;

import org.jspecify.annotations.NullMarked;
